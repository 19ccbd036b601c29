package io.dioptra.worker.engine;

import java.util.Locale;

/** Something wrong with a job's configuration, worded as Dioptra words it. */
public record Issue(Type type, Severity severity, String message) {
  /** Which kind of check found it. */
  public enum Type {
    SCHEMA,
    SEMANTIC,
    TYPE
  }

  /** Whether it ends the job. */
  public enum Severity {
    ERROR,
    WARNING
  }

  static Issue schema(String message) {
    return new Issue(Type.SCHEMA, Severity.ERROR, message);
  }

  static Issue semantic(String message) {
    return new Issue(Type.SEMANTIC, Severity.ERROR, message);
  }

  static Issue type(String message) {
    return new Issue(Type.TYPE, Severity.ERROR, message);
  }

  static Issue warning(String message) {
    return new Issue(Type.SEMANTIC, Severity.WARNING, message);
  }

  Issue with(String otherMessage) {
    return new Issue(type, severity, otherMessage);
  }

  boolean isError() {
    return severity == Severity.ERROR;
  }

  /** For example {@code semantic.error: message}. */
  @Override
  public String toString() {
    return type.name().toLowerCase(Locale.ROOT)
        + "."
        + severity.name().toLowerCase(Locale.ROOT)
        + ": "
        + message;
  }
}
