package io.dioptra.worker.engine;

import java.util.Locale;

/**
 * Something wrong with a job's configuration.
 *
 * @param message worded as Dioptra words it
 * @param place where it is in the document that was checked, as exact as the check knows
 */
public record Issue(Type type, Severity severity, String message, Place place) {
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

  static Issue schema(String message, Place place) {
    return new Issue(Type.SCHEMA, Severity.ERROR, message, place);
  }

  static Issue semantic(String message, Place place) {
    return new Issue(Type.SEMANTIC, Severity.ERROR, message, place);
  }

  static Issue type(String message, Place place) {
    return new Issue(Type.TYPE, Severity.ERROR, message, place);
  }

  static Issue warning(String message, Place place) {
    return new Issue(Type.SEMANTIC, Severity.WARNING, message, place);
  }

  /** The same one in other words. */
  Issue with(String otherMessage, Place otherPlace) {
    return new Issue(type, severity, otherMessage, otherPlace);
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
