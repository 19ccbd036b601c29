package io.dioptra.worker.jvm;

import java.nio.file.Path;
import java.util.Map;

/**
 * The job that a task runs for. A JVM serves one job after the other, and its working directory and
 * environment are those of none: a task asks for them here.
 *
 * @param folder the working directory of the job's steps
 * @param variables those of the job, for example {@code __JOB_ID} and {@code MLFLOW_RUN_ID}; what
 *     all jobs of a worker have is in the environment of the process
 */
public record TaskJob(Path folder, Map<String, String> variables) {
  private static final ScopedValue<TaskJob> CURRENT = ScopedValue.newInstance();

  public TaskJob {
    variables = Map.copyOf(variables);
  }

  /**
   * The job of the task that calls this.
   *
   * @throws IllegalStateException on a thread on which no task was called
   */
  public static TaskJob current() {
    return CURRENT.orElseThrow(
        () ->
            new IllegalStateException(
                "No job is known on this thread. A task asks for it on the thread that it is called"
                    + " on, and hands it to others."));
  }

  /** The file that a step of the job means by this path. */
  public Path resolve(String path) {
    return folder.resolve(path);
  }

  /** Calls something for which this is the current job. */
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> task) throws X {
    return ScopedValue.where(CURRENT, this).call(task);
  }
}
