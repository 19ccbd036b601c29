package io.dioptra.worker.queue;

/** Why a claim ended before its job did. */
public enum LeaseEnd {
  /** Somebody cancelled the job in RQ. */
  CANCELED,
  /** The lease ran out and was swept, or the job was deleted. */
  LOST
}
