package io.dioptra.worker.doctor;

import java.util.Locale;

/**
 * What was looked at and how it is.
 *
 * @param advice what to do about it; empty where there is nothing to do
 */
public record Finding(Level level, String what, String advice) {
  /** How much it matters. */
  public enum Level {
    OK,
    /** Jobs run, some perhaps not well. */
    WARNING,
    /** Jobs would fail. */
    ERROR;

    /** As it is printed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Level of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  static Finding ok(String what) {
    return new Finding(Level.OK, what, "");
  }

  static Finding error(String what, String advice) {
    return new Finding(Level.ERROR, what, advice);
  }

  /** One line. */
  @Override
  public String toString() {
    String line = "%-7s  %s".formatted(level.word(), what.replace('\n', ' '));
    return advice.isEmpty() ? line : line + " – " + advice;
  }
}
