package io.dioptra.worker.job;

import java.util.Locale;

/** The status of a job as Dioptra stores it. */
public enum JobStatus {
  QUEUED,
  STARTED,
  DEFERRED,
  FINISHED,
  FAILED;

  /** Whether Dioptra's REST API accepts the move from this status to {@code next}. */
  public boolean allows(JobStatus next) {
    return switch (this) {
      case QUEUED -> next == STARTED || next == DEFERRED;
      case DEFERRED -> next == STARTED;
      case STARTED -> next == FINISHED || next == FAILED;
      case FINISHED, FAILED -> false;
    };
  }

  /** The word used on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
