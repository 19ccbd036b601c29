package io.dioptra.worker.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.testing.RedisServer;
import io.dioptra.worker.testing.RedisSetup;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisServerCheckIT {
  private static final String[] CLUSTER = {"--cluster-enabled", "yes"};

  @Test
  void aRedisOfACurrentVersionWillDo() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      assertThatCode(() -> check(redis)).doesNotThrowAnyException();
    }
  }

  @Test
  void valkeyWillDo() throws Exception {
    try (RedisServer valkey = RedisServer.start(RedisSetup.valkey());
        Jedis jedis = new Jedis(valkey.uri())) {
      assertThat(jedis.info("server")).contains("server_name:valkey");
      assertThatCode(() -> check(valkey)).doesNotThrowAnyException();
    }
  }

  @Test
  void aClusterIsRefusedWhicheverNameItsServerHas() throws Exception {
    try (RedisServer redis = RedisServer.start(RedisSetup.USUAL.with(CLUSTER));
        RedisServer valkey = RedisServer.start(RedisSetup.valkey().with(CLUSTER))) {
      for (RedisServer server : new RedisServer[] {redis, valkey}) {
        assertThatThrownBy(() -> check(server))
            .isInstanceOf(QueueException.class)
            .hasMessage(
                "Redis at 127.0.0.1:%d is part of a cluster; RQ does not work on a cluster. The"
                    + " operator should run a Redis of its own for the queues.",
                server.port());
      }
    }
  }

  @Test
  void aSentinelIsNoPlaceForQueues() throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create("sentinel");
        RedisServer sentinel = RedisServer.start(RedisSetup.USUAL.sentinel(empty(folder)))) {
      assertThatThrownBy(() -> check(sentinel))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining("is a Sentinel", "redis+sentinel://host:port/service");
    }
  }

  @Test
  void aRedisThatIsTooOldIsRefused() throws Exception {
    try (OldRedis old = OldRedis.start()) {
      RedisAddress address = RedisAddress.parse(old.uri());
      try (Jedis jedis = address.connection()) {
        assertThatThrownBy(() -> new RedisServerCheck(address).check(jedis))
            .isInstanceOf(QueueException.class)
            .hasMessageContaining("is version 6.0; this worker needs 6.2 or newer, or Valkey.");
      }
    }
  }

  private static Path empty(TemporaryFolder folder) throws IOException {
    return Files.createFile(folder.path().resolve("sentinel.conf"));
  }

  private static void check(RedisServer server) {
    RedisAddress address = RedisAddress.parse(server.uri());
    try (Jedis jedis = address.connection()) {
      assertThat(new RedisServerCheck(address).check(jedis)).startsWith("127.0.0.1:");
    }
  }
}
