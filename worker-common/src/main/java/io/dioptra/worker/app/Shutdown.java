package io.dioptra.worker.app;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the worker is told to end. Asked once, it takes nothing new and lets the running jobs end;
 * asked again, or when these take longer than they may, it ends them. Any thread may ask.
 */
final class Shutdown implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  /** Supervisors repeat a signal, and Ctrl-C reaches a process twice through its parent. */
  private static final Duration ONCE = Duration.ofSeconds(1);

  private final Optional<Duration> timeout;
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Runnable> whenHurried = ConcurrentHashMap.newKeySet();
  private boolean isHurried;
  private long firstAsked;

  /**
   * @param timeout how long running jobs may go on, empty for as long as they take
   */
  Shutdown(Optional<Duration> timeout) {
    this.timeout = timeout;
  }

  /** Tells the worker to end, as a signal does. */
  void ask() {
    synchronized (this) {
      long now = System.nanoTime();
      if (!asked.isDone()) {
        firstAsked = now;
      } else if (now - firstAsked < ONCE.toNanos()) {
        return;
      }
    }
    if (asked.isDone()) {
      hurry("Told to end again");
      return;
    }
    LOG.info("Told to end: nothing new is taken, a running job is finished first");
    timeout.ifPresent(it -> Thread.ofVirtual().name("shutdown-timeout").start(() -> watch(it)));
    asked.complete(null);
  }

  /** Whether nothing new is to be begun. */
  boolean isAsked() {
    return asked.isDone();
  }

  /** Completed, on a thread that nothing may block, when nothing new is to be begun. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  /** Runs something when running jobs are to be ended, until what is returned is closed. */
  Waiting whenHurried(Runnable action) {
    whenHurried.add(action);
    boolean now;
    synchronized (this) {
      now = isHurried;
    }
    if (now) {
      action.run();
    }
    return () -> whenHurried.remove(action);
  }

  /** Something that waits for a hurry. */
  interface Waiting extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void watch(Duration limit) {
    try {
      if (!closed.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        hurry("The shutdown timeout of " + limit.toSeconds() + " s is over");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void hurry(String why) {
    synchronized (this) {
      if (isHurried) {
        return;
      }
      isHurried = true;
    }
    LOG.warn("{}: running jobs are ended", why);
    whenHurried.forEach(Runnable::run);
  }
}
