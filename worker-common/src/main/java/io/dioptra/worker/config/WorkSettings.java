package io.dioptra.worker.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a worker does, and how its work ends.
 *
 * @param concurrency how many jobs run at a time, each in a slot of its own
 * @param burst whether it ends when its queues are empty
 * @param maxJobs after how many jobs it ends
 * @param maxIdle after how long without a job it ends
 * @param shutdownTimeout how long running jobs may go on when the worker is told to end, empty for
 *     as long as they take
 * @param onShutdown what becomes of those that take longer
 * @param lostJob what becomes of jobs whose worker disappeared
 * @param freeGpuMemory how much memory of a slot's GPU has to be free before it takes a job, in MiB
 */
public record WorkSettings(
    int concurrency,
    boolean burst,
    Optional<Integer> maxJobs,
    Optional<Duration> maxIdle,
    Optional<Duration> shutdownTimeout,
    UnfinishedJob onShutdown,
    UnfinishedJob lostJob,
    Optional<Integer> freeGpuMemory) {
  /** One job after the other, for ever. */
  public static final WorkSettings DEFAULT =
      new WorkSettings(
          1,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          UnfinishedJob.FAIL,
          UnfinishedJob.FAIL,
          Optional.empty());
}
