package io.dioptra.worker.queue.payload;

import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;

/** What the {@code data} of a job means to this worker. */
public sealed interface Payload {
  /** The one call this worker accepts. */
  record Call(JobId job, ExperimentId experiment) implements Payload {}

  /**
   * Anything else.
   *
   * @param reason one printable line, for the owner of the job
   */
  record Refused(String reason) implements Payload {}
}
