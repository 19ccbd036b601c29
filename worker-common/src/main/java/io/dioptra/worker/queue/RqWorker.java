package io.dioptra.worker.queue;

import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.queue.command.CommandListener;
import io.dioptra.worker.queue.redis.Outage;
import io.dioptra.worker.queue.redis.QueueException;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.queue.redis.RedisServerCheck;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A worker on RQ's queues with one job at a time: {@link #register}, then {@link #take} and {@link
 * Claim#finish} in turns, then {@link #close}. One platform thread takes and closes (an interrupt
 * would cut a virtual thread's connection in the middle of a claim); claims end on any thread.
 */
public final class RqWorker implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(RqWorker.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration NO_ROOM = Duration.ofSeconds(5);
  private static final Duration SUSPENSION_POLL = Duration.ofSeconds(1);
  private static final Duration IDLE_BEAT = Duration.ofSeconds(30);

  private final QueueSettings settings;
  private final Clock time;
  private final MonotonicClock clock;
  private final Runnable turned;
  private final RedisLink link;
  private final Presence presence;
  private final LeaseScripts leases;
  private final Finisher finisher;
  private final ClaimScript claims;
  private final QueueWatches watches;
  private final Outage outage;
  private Instant lastBeat = Instant.EPOCH;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CurrentJob current;
  private final CommandListener commands;

  private RqWorker(
      QueueSettings settings,
      Clock time,
      Runnable turned,
      Optional<Runnable> shutdown,
      RedisLink link,
      Presence presence) {
    this.settings = settings;
    this.time = time;
    this.clock = MonotonicClock.system();
    this.turned = turned;
    this.link = link;
    this.presence = presence;
    this.leases = new LeaseScripts(presence, settings, time);
    this.finisher = new Finisher(link, leases, settings, clock);
    this.claims =
        new ClaimScript(
            presence,
            settings.beatInterval(),
            new QueueOrder(
                settings.rq().strategy(), settings.queues(), RandomGenerator.getDefault()));
    this.watches = new QueueWatches(settings.redis(), settings.queues(), clock);
    this.outage = new Outage(logger, settings.redis().server(), LONGEST_WAIT, clock);
    this.current = new CurrentJob(settings.name(), shutdown.orElse(this::stop));
    this.commands =
        new CommandListener(
            settings.name().value(),
            new RedisLink(settings.redis()),
            current::obey,
            CommandListener.PERIOD,
            clock);
  }

  /**
   * Makes a worker known to RQ.
   *
   * @param time what is written to Redis; RQ's other workers compare it with theirs
   * @param turned told at each turn of {@link #take} and at each heartbeat of a claim, also while
   *     Redis is away: the sign that the queue's threads live. Called by them, must not block
   * @param shutdown run when somebody tells this worker to end by RQ's command; must not block
   * @throws QueueException if Redis cannot be reached or used, or the worker's name is taken
   */
  public static RqWorker register(
      QueueSettings settings, Clock time, Runnable turned, Runnable shutdown) {
    return register(settings, time, turned, Optional.of(shutdown));
  }

  /** The same, but RQ's command to end only makes it {@link #stop}. */
  public static RqWorker register(QueueSettings settings, Clock time, Runnable turned) {
    return register(settings, time, turned, Optional.empty());
  }

  private static RqWorker register(
      QueueSettings settings, Clock time, Runnable turned, Optional<Runnable> shutdown) {
    RedisLink link = new RedisLink(settings.redis());
    RedisServerCheck check = new RedisServerCheck(settings.redis());
    try {
      Presence presence = link.call(redis -> bear(redis, check, settings, time));
      return new RqWorker(settings, time, turned, shutdown, link, presence);
    } catch (JedisException e) {
      link.close();
      throw check.explain(e);
    } catch (QueueException e) {
      link.close();
      throw e;
    }
  }

  /**
   * Waits for a job and claims it. A job that is not Dioptra's is failed in RQ on the way; nothing
   * of it is run. While Redis is away it waits and tries again, at least each minute.
   *
   * @param atMost how long the queues may be empty, or RQ suspended; the time when nobody could
   *     tell, or there was no room, does not count
   * @return empty if there was no job within {@code atMost}, at once where that is zero, or if this
   *     worker is to {@link #stop}
   * @throws IllegalStateException if the claim before is not finished
   * @throws QueueException if Redis has been away for longer than the settings allow
   */
  public Optional<Claim> take(Duration atMost) throws InterruptedException {
    return take(atMost, () -> true);
  }

  /**
   * The same, but only while there is room for a job.
   *
   * @param hasRoom asked before each claim, on this thread; false means to wait a moment
   */
  public Optional<Claim> take(Duration atMost, BooleanSupplier hasRoom)
      throws InterruptedException {
    if (current.lease().isPresent()) {
      throw new IllegalStateException("finish the claim before, then take the next");
    }
    Duration left = atMost;
    while (stopped.getCount() > 0) {
      turned.run();
      long turn = clock.nanoTime();
      try {
        if (!hasRoom.getAsBoolean()) {
          beat();
          pause(NO_ROOM);
          continue;
        }
        switch (ask()) {
          case ClaimReply.Claimed claimed -> {
            Optional<Claim> claim = admit(claimed);
            if (claim.isPresent()) {
              return claim;
            }
            continue;
          }
          case ClaimReply.Again _ -> {
            continue;
          }
          case ClaimReply.Empty _ -> watches.await(shorter(IDLE_BEAT, left));
          case ClaimReply.Suspended _ -> pause(shorter(SUSPENSION_POLL, left));
        }
        if (!left.isPositive()) {
          return Optional.empty();
        }
      } catch (JedisException e) {
        pause(shorter(outage.failed(e), untilGivenUp(e)));
        continue;
      }
      left = left.minusNanos(clock.nanoTime() - turn);
    }
    return Optional.empty();
  }

  private void pause(Duration length) throws InterruptedException {
    boolean _ = stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Nothing more is to be taken. Any thread may call it; it does not block. */
  public void stop() {
    stopped.countDown();
    watches.wake();
    current.announceEnd(time.instant());
  }

  /** The execution that this worker has, for those who sweep those of the dead. Any thread. */
  Optional<String> execution() {
    return current.lease().map(LeaseKeeper::execution);
  }

  /** Says good-bye to RQ. A claim that is not finished loses its lease some time later. */
  @Override
  public void close() {
    watches.close();
    commands.close();
    current.lease().ifPresent(LeaseKeeper::close);
    try {
      link.call(
          redis -> {
            presence.die(redis);
            return true;
          });
    } catch (JedisException e) {
      logger.warn(
          "Redis at {} was not told that this worker ends: {}. RQ will find out by itself.",
          settings.redis().server(),
          RedisServerCheck.reason(e));
    } finally {
      link.close();
    }
  }

  private static Presence bear(
      Jedis redis, RedisServerCheck check, QueueSettings settings, Clock time) {
    Presence presence = new Presence(settings, time, check.check(redis));
    if (!presence.bear(redis)) {
      throw new QueueException(
          "There exists an active worker named '"
              + settings.name()
              + "' already. Choose another name, or wait until RQ forgets it.");
    }
    return presence;
  }

  private ClaimReply ask() {
    beat();
    ClaimReply reply = link.call(claims::run);
    if (outage.over()) {
      lastBeat = Instant.EPOCH;
    }
    return reply;
  }

  /** How long to wait for Redis at most; for as long as it takes where the settings do not say. */
  private Duration untilGivenUp(JedisException failure) {
    Duration away = outage.length();
    Duration left = settings.rq().giveUpAfter().orElse(LONGEST_WAIT.plus(away)).minus(away);
    if (left.isPositive()) {
      return left;
    }
    throw new QueueException(
        ("Redis at %s has not answered for %d s: %s. The operator should see to it and start the"
                + " worker again; without --redis-give-up-after it would wait.")
            .formatted(
                settings.redis().server(), away.toSeconds(), RedisServerCheck.reason(failure)),
        failure);
  }

  private void beat() {
    Instant now = time.instant();
    if (!lastBeat.plus(IDLE_BEAT).isAfter(now)) {
      link.call(
          redis -> {
            presence.beat(redis);
            return true;
          });
      lastBeat = now;
    }
  }

  private Optional<Claim> admit(ClaimReply.Claimed claimed) throws InterruptedException {
    Instant started = time.instant();
    return switch (Admission.of(claimed)) {
      case Admission.Admitted(JobTicket ticket) -> {
        Execution execution = claimed.execution(started, ticket.timeout());
        LeaseKeeper fresh = new LeaseKeeper(execution, leases, settings, clock, turned);
        current.begin(fresh);
        if (stopped.getCount() == 0) {
          current.announceEnd(started);
        }
        logger.debug("Job {}: taken from queue {}.", execution.job(), execution.origin());
        List<String> notes = Extras.notes(claimed.extras());
        notes.forEach(it -> logger.warn("Job {}: {}", execution.job(), it));
        yield Optional.of(new Claim(ticket, execution, fresh, finisher, notes));
      }
      case Admission.Refused(String reason) -> {
        logger.warn("Job {}: failed without running anything: {}.", claimed.job(), reason);
        finisher.finish(claimed.execution(started, Optional.empty()), Ending.refused(reason));
        yield Optional.empty();
      }
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
