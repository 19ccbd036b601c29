package io.dioptra.worker.bench.queue;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** Sees claims as Redis itself tells them: the moment at which an attempt gets its lease. */
final class ClaimWatch implements AutoCloseable {
  private static final long SECONDS = 30;

  private final BlockingQueue<Long> claims = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> subscribed = new LinkedBlockingQueue<>();
  private final JedisPubSub listener =
      new JedisPubSub() {
        @Override
        public void onMessage(String channel, String event) {
          if (event.equals("zadd")) {
            claims.add(System.nanoTime());
          }
        }

        @Override
        public void onSubscribe(String channel, int count) {
          subscribed.add(channel);
        }
      };

  ClaimWatch(URI redis) throws InterruptedException {
    Thread.ofPlatform()
        .daemon()
        .name("claim-watch")
        .start(
            () -> {
              try (Jedis jedis = new Jedis(redis)) {
                jedis.configSet("notify-keyspace-events", "Kz");
                jedis.subscribe(listener, "__keyspace@0__:rq:wip:" + Producer.QUEUE);
              }
            });
    if (subscribed.poll(SECONDS, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("Redis takes no subscription");
    }
  }

  /** Waits for the next claim and returns when it was seen, by {@code System.nanoTime}. */
  long next() throws InterruptedException {
    Long seen = claims.poll(SECONDS, TimeUnit.SECONDS);
    if (seen == null) {
      throw new IllegalStateException("no claim within " + SECONDS + " s");
    }
    return seen;
  }

  void forget() {
    claims.clear();
  }

  @Override
  public void close() {
    // The thread ends with its subscription.
    listener.unsubscribe();
  }
}
