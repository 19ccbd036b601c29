package io.dioptra.worker.queue;

import io.dioptra.worker.queue.redis.Outage;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sends the heartbeats of one execution from a thread and over a connection of its own, so that
 * nothing the job does can hold them up. A job that ends before the first beat costs no connection.
 */
final class LeaseKeeper implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Execution execution;
  private final LeaseScripts scripts;
  private final RedisLink link;
  private final Duration period;
  private final Outage outage;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable turned;
  private volatile boolean isEndExpected;
  private boolean isGone;
  private final CompletableFuture<EarlyEnd> ended = new CompletableFuture<>();

  /**
   * @param turned told after each beat, also one that did not reach Redis, and as often after the
   *     lease has ended
   */
  LeaseKeeper(
      Execution execution,
      LeaseScripts scripts,
      QueueSettings settings,
      MonotonicClock clock,
      Runnable turned) {
    this.execution = execution;
    this.scripts = scripts;
    this.link = new RedisLink(settings.redis());
    this.period = settings.beatInterval();
    Duration longestWait = period.compareTo(LONGEST_WAIT) < 0 ? period : LONGEST_WAIT;
    this.outage = new Outage(logger, settings.redis().server(), longestWait, clock);
    this.turned = turned;
    Thread.ofPlatform().daemon().name("rq-lease-" + execution.job()).start(this::run);
  }

  String execution() {
    return execution.id();
  }

  /** Whether this is the execution of that job. */
  boolean isFor(String job) {
    return execution.job().equals(job);
  }

  /** Completed when the job is to end before its own end; by the heartbeat thread, or by others. */
  CompletableFuture<EarlyEnd> ended() {
    return ended;
  }

  /**
   * From now on a lease that is gone is no news: its end is being recorded. Beats go on, in case
   * that takes long.
   */
  void expectEnd() {
    isEndExpected = true;
  }

  /** Does not wait for a beat on its way: it finds the lease gone and says nothing. */
  @Override
  public void close() {
    closed.countDown();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    try (link) {
      Duration wait = period;
      while (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        wait = isGone ? period : beat();
        turned.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait before the next beat. */
  private Duration beat() {
    try {
      Optional<EarlyEnd> end = link.call(redis -> scripts.beat(redis, execution));
      outage.over();
      isGone = end.isPresent();
      if (isGone && !isEndExpected) {
        logger.warn("Job {}: its lease ended: {}.", execution.job(), end.get());
        ended.complete(end.get());
      }
      return period;
    } catch (JedisException e) {
      return outage.failed(e);
    }
  }
}
