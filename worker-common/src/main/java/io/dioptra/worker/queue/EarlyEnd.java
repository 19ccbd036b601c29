package io.dioptra.worker.queue;

/** Why a job is to end before its own end. */
public enum EarlyEnd {
  /** Somebody cancelled the job in RQ. */
  CANCELED,
  /** The lease ran out and was swept, or the job was deleted. */
  LOST,
  /** Somebody stopped this job by RQ's command. */
  STOPPED,
  /** Somebody killed what this worker runs, by RQ's command. */
  KILLED
}
