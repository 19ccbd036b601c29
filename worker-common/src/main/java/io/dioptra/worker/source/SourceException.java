package io.dioptra.worker.source;

/** A file cannot be read; the message is one line that names the file, and the place if known. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  public SourceException(String message) {
    super(message);
  }

  static SourceException at(String file, Position at, String problem) {
    return new SourceException(
        "%s:%d:%d: %s".formatted(file, at.line(), at.column(), oneLine(problem)));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
