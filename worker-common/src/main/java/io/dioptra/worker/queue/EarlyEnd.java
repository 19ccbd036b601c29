package io.dioptra.worker.queue;

/** Why a job is to end before its own end. */
public enum EarlyEnd {
  /** Somebody cancelled the job in RQ. */
  CANCELED(true),
  /** The lease ran out and was swept, or the job was deleted. */
  LOST(true),
  /** Somebody stopped this job by RQ's command. */
  STOPPED(false),
  /** Somebody killed what this worker runs, by RQ's command. */
  KILLED(false);

  private final boolean isWithoutLease;

  EarlyEnd(boolean isWithoutLease) {
    this.isWithoutLease = isWithoutLease;
  }

  /** Whether others have decided about the job already, so that nothing is to be recorded. */
  public boolean isWithoutLease() {
    return isWithoutLease;
  }
}
