package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Waits for a queue to have an entry, without taking it: moving the first entry of a list to its
 * own place blocks while there is none. Its thread and connection are its own.
 */
final class QueueWatch implements AutoCloseable {
  /** How long Redis is asked to wait at a time, so that a dead connection is found out. */
  private static final int WAIT_SECONDS = RedisAddress.LONGEST_COMMAND_MILLIS / 1000;

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final byte[] key;
  private final RedisLink link;
  private final Semaphore signal;
  private final MonotonicClock clock;
  private final Semaphore wanted = new Semaphore(0);
  private final AtomicBoolean isWatching = new AtomicBoolean();
  private final Thread thread;

  /** The {@code signal} gets a permit when the queue has an entry, or may have one. */
  QueueWatch(RedisAddress address, QueueName queue, Semaphore signal, MonotonicClock clock) {
    this.clock = clock;
    this.key = ("rq:queue:" + queue.value()).getBytes(UTF_8);
    this.link = new RedisLink(address);
    this.signal = signal;
    this.thread = Thread.ofVirtual().name("rq-watch-" + queue.value()).start(this::run);
  }

  /** Gives the signal at the next entry; once, however often it is called before. */
  void arm() {
    if (isWatching.compareAndSet(false, true)) {
      wanted.release();
    }
  }

  /** Does not wait: interrupting a virtual thread closes the socket it reads from. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try (link) {
      while (!Thread.currentThread().isInterrupted()) {
        wanted.acquire();
        watch();
        isWatching.set(false);
        signal.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a failure the owner is told as well: it will meet the failure, or find an entry. */
  private void watch() throws InterruptedException {
    try {
      while (!Thread.currentThread().isInterrupted() && !hasEntry()) {
        // asked again until there is one
      }
    } catch (JedisException e) {
      clock.sleep(AFTER_FAILURE);
    }
  }

  private boolean hasEntry() {
    return link.call(
        redis -> {
          byte[] entry =
              redis.blmove(key, key, ListDirection.LEFT, ListDirection.LEFT, WAIT_SECONDS);
          return entry != null;
        });
  }
}
