package io.dioptra.worker.quickstart;

/** The program behind {@code ./quickstart}. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Quickstart.run(args, System.out, System.err));
  }
}
