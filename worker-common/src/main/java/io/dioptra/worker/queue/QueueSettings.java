package io.dioptra.worker.queue;

import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import java.time.Duration;
import java.util.List;

/**
 * How one RQ worker takes part in RQ.
 *
 * @param queues in the order of their priority, at least one
 * @param name as RQ knows this worker; the one in {@code rq} is what people call the process
 * @param finishPatience how long the end of a job is tried to be recorded while Redis is away
 */
public record QueueSettings(
    RedisAddress redis,
    List<QueueName> queues,
    WorkerName name,
    RqSettings rq,
    Duration finishPatience) {
  private static final Duration FINISH_PATIENCE = Duration.ofMinutes(10);

  public QueueSettings {
    queues = queues.stream().distinct().toList();
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("a worker has at least one queue");
    }
    if (rq.monitoringInterval().toSeconds() < 1 || rq.workerTtl().toSeconds() < 1) {
      throw new IllegalArgumentException("worker TTL and monitoring interval are at least 1 s");
    }
  }

  /** RQ's own defaults. */
  public static QueueSettings of(RedisAddress redis, List<QueueName> queues, WorkerName name) {
    return new QueueSettings(redis, queues, name, RqSettings.DEFAULT, FINISH_PATIENCE);
  }

  public QueueSettings with(RqSettings settings) {
    return new QueueSettings(redis, queues, name, settings, finishPatience);
  }

  public QueueSettings withFinishPatience(Duration patience) {
    return new QueueSettings(redis, queues, name, rq, patience);
  }

  /** How often a running job's lease is renewed. */
  Duration beatInterval() {
    return rq.monitoringInterval().dividedBy(2);
  }
}
