package io.dioptra.worker.queue;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for any of a worker's queues. Waiting is for one thread at a time. */
final class QueueWatches implements AutoCloseable {
  private final Semaphore signal = new Semaphore(0);
  private final List<QueueWatch> watches;
  private volatile boolean isOver;

  QueueWatches(RedisAddress address, List<QueueName> queues, MonotonicClock clock) {
    this.watches =
        queues.stream().map(queue -> new QueueWatch(address, queue, signal, clock)).toList();
  }

  /** Returns when a queue has or may have an entry, after {@code atMost}, or when it is over. */
  void await(Duration atMost) throws InterruptedException {
    signal.drainPermits();
    if (isOver) {
      return;
    }
    watches.forEach(QueueWatch::arm);
    boolean _ = signal.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends a wait now, and those to come. */
  void wake() {
    isOver = true;
    signal.release();
  }

  @Override
  public void close() {
    watches.forEach(QueueWatch::close);
  }
}
