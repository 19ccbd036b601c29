package io.dioptra.worker.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells on a terminal what is being done and how long it took. */
final class Progress {
  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  /** Prints what begins, does it, and adds the seconds it took. */
  <T> T step(String what, Work<T> work) throws Exception {
    out.print(what + " … ");
    out.flush();
    long begin = System.nanoTime();
    T result;
    try {
      result = work.run();
    } catch (Exception e) {
      out.println();
      throw e;
    }
    out.println(seconds(Duration.ofNanos(System.nanoTime() - begin)));
    return result;
  }

  void say(String line) {
    out.println(line);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** What a step does. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws Exception;
  }
}
