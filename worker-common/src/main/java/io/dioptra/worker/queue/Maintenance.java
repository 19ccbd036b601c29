package io.dioptra.worker.queue;

import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.queue.redis.Outage;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Looks after the queues beside the work, over a connection and on a thread of its own, so that a
 * worker that is busy for hours still does it: takes over the jobs of workers that disappeared as
 * soon as their leases end, and sweeps RQ's registries now and then.
 */
public final class Maintenance implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Maintenance.class);

  /** A job that begins meanwhile has its lease for a minute at least. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(15);

  /** While there are leases somebody may take one over, and that for seconds only. */
  private static final Duration WATCHFUL_SLEEP = Duration.ofSeconds(5);

  private static final Duration LAST_WORD = Duration.ofSeconds(5);
  private static final Pattern UPTIME = Pattern.compile("uptime_in_seconds:(\\d+)");

  private final QueueSettings settings;
  private final Clock time;
  private final MonotonicClock clock;
  private final RedisLink link;
  private final SweepScripts sweeps;
  private final LeaseScripts leases;
  private final Finisher finisher;
  private final Outage outage;
  private final List<RqWorker> own;
  private final Consumer<LostJob> lost;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private String execution = RqId.fresh();
  private boolean isFirst = true;
  private long nextSweep;
  private long nextAdoption;

  /**
   * Starts at once.
   *
   * @param settings of any of this process's workers
   * @param own the workers of this process: what they run is not lost, whatever its lease says
   * @param lost gets each job that was taken over; called by the one thread, must not block
   */
  public Maintenance(
      QueueSettings settings, Clock time, List<RqWorker> own, Consumer<LostJob> lost) {
    this.settings = settings;
    this.time = time;
    this.clock = MonotonicClock.system();
    this.own = List.copyOf(own);
    this.lost = lost;
    this.link = new RedisLink(settings.redis());
    Presence presence = new Presence(settings, time, "unknown");
    this.sweeps = new SweepScripts(presence, settings);
    this.leases = new LeaseScripts(presence, settings, time);
    this.finisher = new Finisher(link, leases, settings, clock);
    this.outage = new Outage(logger, settings.redis().server(), LONGEST_SLEEP, clock);
    this.nextSweep = clock.nanoTime();
    this.nextAdoption = nextSweep;
    this.thread = Thread.ofPlatform().daemon().name("rq-maintenance").start(this::run);
  }

  /**
   * Nothing is taken over afterwards, unless Redis does not answer for seconds. What was keeps its
   * lease until it is finished.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      boolean _ = thread.join(LAST_WORD);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (link) {
      Duration sleep = Duration.ZERO;
      while (!closed.await(sleep.toNanos(), TimeUnit.NANOSECONDS)) {
        sleep = turn();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long there is nothing to do. */
  private Duration turn() throws InterruptedException {
    try {
      link.call(Jedis::ping);
      boolean wasAway = outage.over();
      if (wasAway || isFirst) {
        nextAdoption = clock.nanoTime() + mercy(wasAway).toNanos();
        isFirst = false;
      }
      if (isDue(nextSweep)) {
        nextSweep = clock.nanoTime() + link.call(sweeps::sweep).toNanos();
      }
      if (isDue(nextAdoption)) {
        nextAdoption = clock.nanoTime() + adoptAll().toNanos();
      }
      return until(Math.min(nextSweep, nextAdoption));
    } catch (JedisException e) {
      return outage.failed(e);
    }
  }

  private Duration adoptAll() throws InterruptedException {
    while (true) {
      List<String> mine = own.stream().map(RqWorker::execution).flatMap(Optional::stream).toList();
      switch (link.call(redis -> sweeps.adopt(redis, execution, mine))) {
        case Adoption.Adopted adopted -> adopt(adopted);
        case Adoption.Nothing(Optional<Duration> next) -> {
          return next.map(it -> it.compareTo(WATCHFUL_SLEEP) < 0 ? it : WATCHFUL_SLEEP)
              .orElse(LONGEST_SLEEP);
        }
      }
    }
  }

  private void adopt(Adoption.Adopted adopted) throws InterruptedException {
    execution = RqId.fresh();
    ClaimReply.Claimed job = adopted.job();
    Execution attempt = job.adoption(time.instant());
    logger.warn(
        "Job {} of queue {}: its worker disappeared; this one gives it an end.",
        job.job(),
        job.origin());
    switch (Admission.of(job)) {
      case Admission.Admitted(JobTicket ticket) -> {
        LeaseKeeper keeper = new LeaseKeeper(attempt, leases, settings, clock, () -> {});
        lost.accept(
            new LostJob(new Claim(ticket, attempt, keeper, finisher, List.of()), adopted.losses()));
      }
      case Admission.Refused(String reason) -> finisher.finish(attempt, Ending.refused(reason));
    }
  }

  /**
   * After an outage of Redis, which kept the leases and not the heartbeats, the living are given
   * time to renew them before they count as dead.
   */
  private Duration mercy(boolean wasAway) {
    Matcher uptime = UPTIME.matcher(link.call(redis -> redis.info("server")));
    Duration up = Duration.ofSeconds(uptime.find() ? Long.parseLong(uptime.group(1)) : 0);
    Duration mercy = settings.beatInterval().multipliedBy(2);
    return wasAway || up.compareTo(mercy) < 0 ? mercy : Duration.ZERO;
  }

  private boolean isDue(long at) {
    return at - clock.nanoTime() <= 0;
  }

  private Duration until(long at) {
    return Duration.ofNanos(Math.max(0, at - clock.nanoTime()));
  }
}
