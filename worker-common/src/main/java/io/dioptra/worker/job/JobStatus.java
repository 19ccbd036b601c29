package io.dioptra.worker.job;

import java.util.Locale;

/** The status of a job as Dioptra stores it. */
public enum JobStatus {
  QUEUED,
  STARTED,
  DEFERRED,
  FINISHED,
  FAILED;

  /** The word used on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
