package io.dioptra.worker.relay;

import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.TaskEvents;
import java.util.Map;

/** Gives every job the worker's own account, as Dioptra's worker does. */
public final class WorkerAccount implements ApiAccess {
  private final ApiSettings settings;

  public WorkerAccount(ApiSettings settings) {
    this.settings = settings;
  }

  @Override
  public JobAccess open(JobId job, TaskEvents events) {
    return new Given(
        Map.of(
            JobAccess.API, settings.base().toString(),
            JobAccess.USERNAME, settings.username(),
            JobAccess.PASSWORD, settings.password().reveal()));
  }

  @Override
  public void close() {
    // Nothing was opened.
  }

  private record Given(Map<String, String> variables) implements JobAccess {
    @Override
    public void close() {
      // The account outlives the job.
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "the worker's account";
    }
  }
}
