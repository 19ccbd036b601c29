package io.dioptra.worker.api;

import io.dioptra.worker.job.JobStatus;

/** What the API says to a new status. Trouble on the way is an {@link ApiException} instead. */
public sealed interface StatusAnswer {
  /** The job has the status now, by this request. */
  record Accepted() implements StatusAnswer {}

  /**
   * The job's status does not allow the move: somebody else changed it, or it was said before.
   *
   * @param current the status the job has
   */
  record NotAllowed(JobStatus current) implements StatusAnswer {}

  /** The job does not exist, or no longer. */
  record Gone(String message) implements StatusAnswer {}
}
