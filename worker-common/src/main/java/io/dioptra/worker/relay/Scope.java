package io.dioptra.worker.relay;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.TaskEvents;
import java.util.concurrent.Semaphore;

/**
 * One job, as the relay knows it.
 *
 * @param turns how many of its requests may be under way; each may hold one body in memory
 */
record Scope(JobId job, String username, String password, TaskEvents events, Semaphore turns) {
  private static final int AT_ONCE = 16;

  Scope(JobId job, String username, String password, TaskEvents events) {
    this(job, username, password, events, new Semaphore(AT_ONCE));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return username;
  }
}
