package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.queue.command.Command;
import io.dioptra.worker.queue.command.CommandListener;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.queue.redis.RedisLink;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.testing.RedisServer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A connection that nobody closed and that carries nothing any more. */
class SilentConnectionIT {
  @Test
  void commandsAreHeardAgain() throws Exception {
    Queue<Command> heard = new ConcurrentLinkedQueue<>();
    try (RedisServer redis = RedisServer.start();
        Jedis jedis = new Jedis(redis.host(), redis.port());
        LossyLink way = new LossyLink(redis.port());
        CommandListener _ =
            new CommandListener(
                "w",
                new RedisLink(RedisAddress.parse(way.uri())),
                heard::add,
                Duration.ofMillis(200),
                MonotonicClock.system())) {
      await(() -> jedis.publish("rq:pubsub:w", "{\"command\": \"shutdown\"}") == 1);
      await(() -> !heard.isEmpty());
      way.mute();
      heard.clear();

      await(
          () -> {
            jedis.publish("rq:pubsub:w", "{\"command\": \"kill-horse\"}");
            return !heard.isEmpty();
          });

      assertThat(heard).contains(new Command.KillHorse());
    }
  }
}
