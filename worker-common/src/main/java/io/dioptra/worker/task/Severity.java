package io.dioptra.worker.task;

import java.util.Locale;

/** The severity of a log line, as Dioptra's REST API names it. */
public enum Severity {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  CRITICAL;

  /** The lower-case word shown in a rendered line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
