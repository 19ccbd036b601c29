package io.dioptra.worker.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shutdown hook. A signal lets the present job end; when all is closed, and this last, the
 * process leaves with status 0.
 */
final class Shutdown implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final Thread hook = Thread.ofPlatform().name("shutdown").unstarted(this::stop);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<Void> asked = new CompletableFuture<>();

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether nothing new is to be begun. */
  boolean isAsked() {
    return asked.isDone();
  }

  /** Completed, on a thread that nothing may block, when nothing new is to be begun. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  private void stop() {
    LOG.info("Told to end: nothing new is taken, a running job is finished first");
    asked.complete(null);
    try {
      closed.await();
      Runtime.getRuntime().halt(0);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!asked.isDone()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        LOG.debug("A signal came at the very end", e);
      }
    }
  }
}
