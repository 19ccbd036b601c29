package io.dioptra.worker.queue;

import io.dioptra.worker.queue.redis.Outage;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
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
  private final Semaphore wake = new Semaphore(0);
  private final Runnable turned;
  private volatile boolean isClosed;
  private volatile boolean isEndExpected;
  private volatile Optional<Instant> endAsked = Optional.empty();
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
    this.period = execution.beatInterval(settings.beatInterval());
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

  /** With a beat now: others are to see that the worker was told to end. */
  void announceEnd(Instant asked) {
    endAsked = Optional.of(asked);
    wake.release();
  }

  /** Does not wait for a beat on its way: it finds the lease gone and says nothing. */
  @Override
  public void close() {
    isClosed = true;
    wake.release();
  }

  boolean isClosed() {
    return isClosed;
  }

  private void run() {
    try (link) {
      Duration wait = period;
      do {
        boolean _ = wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (!isClosed) {
          wait = isGone ? period : beat();
          turned.run();
        }
      } while (!isClosed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait before the next beat. */
  private Duration beat() {
    try {
      Optional<EarlyEnd> end = link.call(redis -> scripts.beat(redis, execution, endAsked));
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
