package io.dioptra.worker.queue;

/** What became of the attempt to record the end of a job. */
public enum Recorded {
  /** RQ knows the end. */
  YES,
  /** Nothing was written: the lease is lost, so others may have decided about the job. */
  LEASE_LOST,
  /** Nothing was written: the job was cancelled and stays so. */
  CANCELED,
  /** Redis could not be reached in time. RQ will call the job abandoned when its lease runs out. */
  UNREACHABLE
}
