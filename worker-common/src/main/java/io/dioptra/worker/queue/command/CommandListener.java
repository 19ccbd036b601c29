package io.dioptra.worker.queue.command;

import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.queue.redis.RedisServerCheck;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hears what others tell a worker, over a connection and on threads of its own. Redis keeps nothing
 * for those who do not listen, so a connection that is lost is made anew, and one that only seems
 * to be there is found out: it is asked for an answer now and then.
 */
public final class CommandListener implements AutoCloseable {
  /** How often the connection is asked; without an answer by the next time it is given up. */
  public static final Duration PERIOD = Duration.ofSeconds(15);

  private static final Logger logger = LoggerFactory.getLogger(CommandListener.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final String worker;
  private final RedisLink link;
  private final Consumer<Command> commands;
  private final Duration period;
  private final MonotonicClock clock;
  private final AtomicBoolean isRefusalTold = new AtomicBoolean();
  private final Thread listener;
  private final Thread examiner;
  private volatile @Nullable Hearing hearing;
  private volatile Duration wait = FIRST_WAIT;

  /**
   * Starts at once.
   *
   * @param worker its name
   * @param link not used by anybody else; closed by this listener
   * @param commands told by the one listening thread, must not block
   * @param period how often the connection is asked whether it is alive
   */
  public CommandListener(
      String worker,
      RedisLink link,
      Consumer<Command> commands,
      Duration period,
      MonotonicClock clock) {
    this.worker = worker;
    this.link = link;
    this.commands = commands;
    this.period = period;
    this.clock = clock;
    this.listener = Thread.ofVirtual().name("rq-commands-" + worker).start(this::listen);
    this.examiner = Thread.ofVirtual().name("rq-commands-alive-" + worker).start(this::examine);
  }

  /** Does not wait: interrupting a virtual thread closes the socket it reads from. */
  @Override
  public void close() {
    examiner.interrupt();
    listener.interrupt();
  }

  private void listen() {
    try (link) {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          link.call(this::hear);
        } catch (JedisException e) {
          explain(e);
        }
        hearing = null;
        Duration now = wait;
        wait = shorter(now.multipliedBy(2), LONGEST_WAIT);
        clock.sleep(now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends only by an exception. */
  private boolean hear(Jedis redis) {
    Hearing fresh = new Hearing(redis);
    hearing = fresh;
    redis.subscribe(fresh, "rq:pubsub:" + worker);
    return true;
  }

  /** That Redis is away is said by those who take jobs; that it refuses to subscribe only here. */
  private void explain(JedisException failure) {
    String reason = RedisServerCheck.reason(failure);
    if (failure instanceof JedisConnectionException || isRefusalTold.getAndSet(true)) {
      logger.debug("No commands of RQ for now: {}", reason);
    } else {
      logger.warn(
          "Redis does not let this worker hear RQ's commands (shutdown, stop-job): {}. The operator"
              + " of Redis can grant its user the channels rq:pubsub:*.",
          reason);
    }
  }

  private void examine() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        clock.sleep(period);
        Hearing current = hearing;
        if (current != null) {
          current.examine();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void obey(String message) {
    Command.read(message)
        .ifPresentOrElse(
            commands,
            () ->
                logger.debug(
                    "Worker {}: a message of {} characters is no command.",
                    worker,
                    message.length()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** One subscription. */
  private final class Hearing extends JedisPubSub {
    private final Jedis redis;
    private volatile boolean isAnswered = true;

    private Hearing(Jedis redis) {
      this.redis = redis;
    }

    @Override
    public void onSubscribe(String channel, int channels) {
      wait = FIRST_WAIT;
      logger.debug("Worker {}: listens to {}.", worker, channel);
    }

    @Override
    public void onMessage(String channel, String message) {
      obey(message);
    }

    @Override
    public void onPong(String answer) {
      isAnswered = true;
    }

    /** The listening thread finds a connection closed that gave no answer. */
    private void examine() {
      if (!isSubscribed()) {
        return;
      }
      try {
        if (isAnswered) {
          isAnswered = false;
          ping();
        } else {
          redis.disconnect();
        }
      } catch (JedisException e) {
        logger.debug("No commands of RQ for now: {}", RedisServerCheck.reason(e));
      }
    }
  }
}
