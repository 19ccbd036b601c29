package io.dioptra.worker.deeplearning4j;

/** What an exception of Deeplearning4j has to say: its first line, or its name if it has none. */
final class Words {
  private Words() {}

  static String of(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.lines().filter(it -> !it.isBlank()).findFirst().orElse(e.toString()).strip();
  }
}
