package io.dioptra.worker.config;

/** What becomes of a job that a worker began and cannot finish. */
public enum UnfinishedJob {
  /** It is failed, with the reason. */
  FAIL,
  /** It goes back into its queue and is run again from its beginning. */
  REQUEUE
}
