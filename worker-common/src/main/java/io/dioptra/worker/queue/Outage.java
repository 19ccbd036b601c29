package io.dioptra.worker.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import redis.clients.jedis.exceptions.JedisException;

/** A time without Redis: said once when it begins and once when it ends. One thread. */
final class Outage {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);

  private final Logger logger;
  private final String server;
  private final Duration longestWait;
  private final InstantSource clock;
  private @Nullable Instant since;
  private Duration wait = FIRST_WAIT;

  Outage(Logger logger, String server, Duration longestWait, InstantSource clock) {
    this.logger = logger;
    this.server = server;
    this.longestWait = longestWait;
    this.clock = clock;
  }

  /** Returns how long to wait before the next try. */
  Duration failed(JedisException failure) {
    if (since == null) {
      since = clock.instant();
      logger.warn(
          "Redis at {} cannot be used: {}. Trying again, at least every {} s.",
          server,
          RedisServerCheck.reason(failure),
          longestWait.toSeconds());
    }
    Duration now = wait;
    Duration next = wait.multipliedBy(2);
    wait = next.compareTo(longestWait) > 0 ? longestWait : next;
    return now;
  }

  /** Returns whether there was an outage until now. */
  boolean over() {
    if (since == null) {
      return false;
    }
    long seconds = Duration.between(since, clock.instant()).toSeconds();
    logger.info("Redis at {} answers again after {} s.", server, seconds);
    since = null;
    wait = FIRST_WAIT;
    return true;
  }
}
