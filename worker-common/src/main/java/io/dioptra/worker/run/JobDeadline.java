package io.dioptra.worker.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches the time an attempt may take. Owns its thread; says so once, when the time is over before
 * it is closed.
 */
final class JobDeadline implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean over;

  JobDeadline(Optional<Duration> limit, Runnable whenOver) {
    limit.ifPresent(
        time -> Thread.ofVirtual().name("job-deadline").start(() -> watch(time, whenOver)));
  }

  private void watch(Duration limit, Runnable whenOver) {
    try {
      if (!closed.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        over = true;
        whenOver.run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
