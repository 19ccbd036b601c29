package io.dioptra.worker.relay;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.TaskEvents;

/** How jobs get at Dioptra's REST API, for the life of a worker. Any thread may call it. */
public sealed interface ApiAccess extends AutoCloseable permits JobRelay, WorkerAccount {
  /**
   * Lets the code of one job in, until the answer is closed.
   *
   * @param events the job's log, which is told of what is refused
   */
  JobAccess open(JobId job, TaskEvents events);

  @Override
  void close();
}
