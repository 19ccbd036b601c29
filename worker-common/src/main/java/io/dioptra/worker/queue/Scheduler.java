package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.Outage;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.queue.redis.RedisServerCheck;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.Tuple;

/**
 * RQ's scheduler: queues scheduled jobs when they are due. Each second it looks at the first job of
 * each queue it has the lock of, every other second while there is none; only when one is due, or
 * the locks are to be kept, it does more.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration EMPTY_TICK = Duration.ofSeconds(2);
  private static final Duration KEEP = Duration.ofSeconds(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration LAST_WORD = Duration.ofSeconds(5);

  private final RedisLink link;
  private final SchedulerScripts scripts;
  private final MonotonicClock clock;
  private final Outage outage;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private List<QueueName> held = List.of();
  private Duration tick = TICK;
  private long turned;
  private long seconds;

  private Scheduler(QueueSettings settings, Clock time) {
    this.link = new RedisLink(settings.redis());
    this.clock = MonotonicClock.system();
    this.scripts =
        new SchedulerScripts(
            new Presence(settings, time, "unknown"), settings, RqTime.text(time.instant()));
    this.turned = clock.nanoTime() - KEEP.toNanos();
    this.outage = new Outage(logger, settings.redis().server(), LONGEST_WAIT, clock);
    this.thread = Thread.ofPlatform().daemon().name("rq-scheduler").unstarted(this::run);
  }

  /**
   * Queues what is due now, so that a worker that ends when its queues are empty finds it, and goes
   * on from a thread of its own.
   *
   * @param settings of any of this process's workers
   */
  public static Scheduler start(QueueSettings settings, Clock time) {
    Scheduler scheduler = new Scheduler(settings, time);
    var _ = scheduler.attempt(scheduler::turn);
    scheduler.thread.start();
    return scheduler;
  }

  /** What RQ calls it. */
  String name() {
    return scripts.name();
  }

  /** Gives its locks back, so that another scheduler can go on at once. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(LAST_WORD)) {
        logger.warn("The scheduler's locks are not given back yet: Redis does not answer.");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (link) {
      Duration wait = TICK;
      while (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        wait =
            attempt(
                () -> {
                  if (isKeepingDue() || link.call(this::isAnyDue)) {
                    turn();
                  }
                });
      }
      end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait before the next. */
  private Duration attempt(Runnable work) {
    try {
      work.run();
      outage.over();
      return tick;
    } catch (JedisException e) {
      return outage.failed(e);
    }
  }

  private void turn() {
    SchedulerScripts.Turn turn = link.call(scripts::turn);
    turned = clock.nanoTime();
    seconds = turn.seconds();
    if (!turn.held().equals(held)) {
      held = turn.held();
      logger.info(
          "Scheduled jobs are queued by this worker in {} of its queues: {}.", held.size(), held);
    }
    if (turn.moved() > 0) {
      logger.debug("{} scheduled jobs were due and are queued.", turn.moved());
    }
  }

  private boolean isKeepingDue() {
    return sinceTurn().compareTo(KEEP) >= 0;
  }

  private boolean isAnyDue(Jedis redis) {
    if (held.isEmpty()) {
      return false;
    }
    // The script told the time cut to seconds, so this may be up to a second early; it knows.
    long now = seconds + sinceTurn().toSeconds() + 1;
    try (Pipeline pipeline = redis.pipelined()) {
      List<Response<List<Tuple>>> firsts =
          held.stream().map(it -> pipeline.zrangeWithScores(key(it), 0, 0)).toList();
      pipeline.sync();
      List<Tuple> found = firsts.stream().flatMap(it -> it.get().stream()).toList();
      tick = found.isEmpty() ? EMPTY_TICK : TICK;
      return found.stream().anyMatch(first -> first.getScore() <= now);
    }
  }

  private Duration sinceTurn() {
    return Duration.ofNanos(clock.nanoTime() - turned);
  }

  private void end() {
    try {
      link.call(
          redis -> {
            scripts.end(redis);
            return true;
          });
    } catch (JedisException e) {
      logger.warn(
          "The scheduler's locks were not given back: {}. Others wait for a minute.",
          RedisServerCheck.reason(e));
    }
  }

  private static byte[] key(QueueName queue) {
    return ("rq:scheduled:" + queue.value()).getBytes(UTF_8);
  }
}
