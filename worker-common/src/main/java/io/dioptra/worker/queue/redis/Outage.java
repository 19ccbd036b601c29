package io.dioptra.worker.queue.redis;

import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import org.slf4j.Logger;
import redis.clients.jedis.exceptions.JedisException;

/** A time without Redis: said once when it begins and once when it ends. One thread. */
public final class Outage {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);

  private final Logger logger;
  private final String server;
  private final Duration longestWait;
  private final MonotonicClock clock;
  private boolean isOn;
  private long since;
  private Duration wait = FIRST_WAIT;

  public Outage(Logger logger, String server, Duration longestWait, MonotonicClock clock) {
    this.logger = logger;
    this.server = server;
    this.longestWait = longestWait;
    this.clock = clock;
  }

  /** Returns how long to wait before the next try: twice the last time, up to a limit. */
  public Duration failed(JedisException failure) {
    if (!isOn) {
      isOn = true;
      since = clock.nanoTime();
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

  /** How long it has lasted, zero where there is none. */
  public Duration length() {
    return isOn ? Duration.ofNanos(clock.nanoTime() - since) : Duration.ZERO;
  }

  /** Returns whether there was an outage until now. */
  public boolean over() {
    if (!isOn) {
      return false;
    }
    logger.info("Redis at {} answers again after {} s.", server, length().toSeconds());
    isOn = false;
    wait = FIRST_WAIT;
    return true;
  }
}
