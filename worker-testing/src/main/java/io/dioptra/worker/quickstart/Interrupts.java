package io.dioptra.worker.quickstart;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and a TERM into an interrupt of the thread that made it, and gives that thread time
 * to close what it opened before the process ends.
 */
final class Interrupts implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Thread worked = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean asked;

  Interrupts() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "quickstart-stop"));
  }

  /** Whether the user wants the end. */
  boolean isAsked() {
    return asked;
  }

  private void stop() {
    if (closed.getCount() == 0) {
      return;
    }
    asked = true;
    worked.interrupt();
    try {
      closed.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything that was opened after this object is closed by now. */
  @Override
  public void close() {
    closed.countDown();
  }
}
