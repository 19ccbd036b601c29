package io.dioptra.worker.queue;

import io.dioptra.worker.job.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * How a worker takes part in RQ.
 *
 * @param queues in the order of their priority, at least one
 * @param resultTtl how long a finished job stays where it does not say so itself; zero deletes it
 *     at once, negative keeps it for ever
 * @param workerTtl after how long without a sign of life an idle worker counts as dead
 * @param monitoringInterval how much of the lease of a running job is renewed at a time
 * @param finishPatience how long the end of a job is tried to be recorded while Redis is away
 */
public record QueueSettings(
    RedisAddress redis,
    List<QueueName> queues,
    WorkerName name,
    Duration resultTtl,
    Duration workerTtl,
    Duration monitoringInterval,
    Duration finishPatience) {
  private static final Duration RESULT_TTL = Duration.ofSeconds(500);
  private static final Duration WORKER_TTL = Duration.ofMinutes(7);
  private static final Duration MONITORING_INTERVAL = Duration.ofSeconds(30);
  private static final Duration FINISH_PATIENCE = Duration.ofMinutes(10);

  public QueueSettings {
    queues = queues.stream().distinct().toList();
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("a worker has at least one queue");
    }
    if (monitoringInterval.toSeconds() < 1 || workerTtl.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "worker TTL and monitoring interval are at least one second: "
              + workerTtl
              + ", "
              + monitoringInterval);
    }
  }

  /** RQ's own defaults. */
  public static QueueSettings of(RedisAddress redis, List<QueueName> queues, WorkerName name) {
    return new QueueSettings(
        redis, queues, name, RESULT_TTL, WORKER_TTL, MONITORING_INTERVAL, FINISH_PATIENCE);
  }

  public QueueSettings withResultTtl(Duration ttl) {
    return new QueueSettings(
        redis, queues, name, ttl, workerTtl, monitoringInterval, finishPatience);
  }

  public QueueSettings withMonitoringInterval(Duration interval) {
    return new QueueSettings(redis, queues, name, resultTtl, workerTtl, interval, finishPatience);
  }

  public QueueSettings withFinishPatience(Duration patience) {
    return new QueueSettings(
        redis, queues, name, resultTtl, workerTtl, monitoringInterval, patience);
  }
}
