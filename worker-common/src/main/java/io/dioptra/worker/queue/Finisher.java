package io.dioptra.worker.queue;

import io.dioptra.worker.queue.redis.Outage;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.retry.Attempts;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.retry.Trouble;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** Records ends of attempts, trying again while Redis is away. Any thread may call it. */
final class Finisher {
  private static final Logger logger = LoggerFactory.getLogger(Finisher.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final RedisLink link;
  private final LeaseScripts scripts;
  private final QueueSettings settings;
  private final MonotonicClock clock;

  Finisher(RedisLink link, LeaseScripts scripts, QueueSettings settings, MonotonicClock clock) {
    this.link = link;
    this.scripts = scripts;
    this.settings = settings;
    this.clock = clock;
  }

  Recorded finish(Execution execution, Ending ending) throws InterruptedException {
    Attempts attempts =
        new Attempts(new Patience(settings.finishPatience(), FIRST_WAIT, LONGEST_WAIT), clock);
    Outage outage = new Outage(logger, settings.redis().server(), LONGEST_WAIT, clock);
    Recorded recorded = Recorded.UNREACHABLE;
    do {
      try {
        recorded = link.call(redis -> scripts.finish(redis, execution, ending));
        outage.over();
      } catch (JedisException e) {
        outage.failed(e);
      }
    } while (recorded == Recorded.UNREACHABLE && attempts.again(Trouble.OUT_OF_ORDER));
    log(execution, ending, recorded);
    return recorded;
  }

  private void log(Execution execution, Ending ending, Recorded recorded) {
    switch (recorded) {
      case YES -> logger.debug("Job {}: recorded as {}.", execution.job(), ending.word());
      case CANCELED -> logger.info("Job {}: was cancelled, stays so in RQ.", execution.job());
      case LEASE_LOST ->
          logger.warn(
              "Job {}: {}, but its lease is lost; RQ keeps what others wrote.",
              execution.job(),
              ending.word());
      case UNREACHABLE ->
          logger.error(
              "Job {}: {}, but Redis at {} did not answer for {} s; RQ will call it abandoned.",
              execution.job(),
              ending.word(),
              settings.redis().server(),
              settings.finishPatience().toSeconds());
    }
  }
}
