package io.dioptra.worker.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.testing.RedisServer;
import io.dioptra.worker.testing.RedisSetup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisBusyException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ClientKillParams;

/** When a connection is kept, and when another is made; Redis and Valkey word it differently. */
@ParameterizedClass
@MethodSource("servers")
class RedisLinkIT {
  private final RedisServer redis;
  private final Jedis other;
  private final RedisLink link;

  RedisLinkIT(RedisSetup setup) throws Exception {
    redis = RedisServer.start(setup.with("--lua-time-limit", "20"));
    other = new Jedis(redis.uri());
    link = new RedisLink(RedisAddress.parse(redis.uri()));
  }

  static List<Named<RedisSetup>> servers() throws Exception {
    return List.of(Named.of("Redis", RedisSetup.USUAL), Named.of("Valkey", RedisSetup.valkey()));
  }

  @AfterEach
  void stop() {
    link.close();
    other.close();
    redis.close();
  }

  @Test
  void aConnectionServesManyCommands() {
    long first = id();

    assertThatThrownBy(() -> link.call(jedis -> jedis.eval("return redis.error_reply('ERR no')")))
        .isInstanceOf(JedisDataException.class);
    assertThat(id()).isEqualTo(first);
  }

  @Test
  void aConnectionToAServerThatHasBecomeAReplicaIsDropped() {
    long first = id();
    other.replicaof("127.0.0.1", 1);

    assertThatThrownBy(this::set).hasMessageStartingWith("READONLY");
    other.replicaofNoOne();
    assertThat(id()).isGreaterThan(first);
    assertThat(set()).isEqualTo("OK");
  }

  @Test
  void theSameGoesForTheWordInsideAScriptsOwnWords() {
    long first = id();
    other.replicaof("127.0.0.1", 1);

    assertThatThrownBy(() -> link.call(jedis -> jedis.eval("return redis.call('SET', 'k', 'v')")))
        .hasMessageContaining("READONLY");
    other.replicaofNoOne();
    assertThat(id()).isGreaterThan(first);
  }

  @Test
  void aConnectionThatWaitsAtAServerWhichBecomesAReplicaIsMadeAnew() throws Exception {
    CompletableFuture<Object> answer =
        CompletableFuture.supplyAsync(() -> link.call(jedis -> jedis.blpop(4, "nothing")));
    while (!other.info("clients").contains("blocked_clients:1")) {
      assertThat(answer).isNotDone();
    }
    other.replicaof("127.0.0.1", 1);
    assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS)).hasMessageContaining("UNBLOCKED");
    other.replicaofNoOne();

    assertThat(set()).isEqualTo("OK");
  }

  @Test
  void aPasswordThatIsAskedForSinceAReconnectIsAnOutage() {
    long first = id();
    other.configSet("requirepass", "new");
    other.clientKill(new ClientKillParams().type(ClientType.NORMAL));

    assertThatThrownBy(this::id).hasMessageContaining("NOAUTH");
    other.auth("new");
    other.configSet("requirepass", "");
    assertThat(id()).isGreaterThan(first);
  }

  @Test
  void aBusyOrFullServerKeepsItsConnections() throws Exception {
    long first = id();
    CompletableFuture<Object> busy = CompletableFuture.supplyAsync(this::runForEver);
    assertThatThrownBy(
            () -> {
              while (!busy.isDone()) {
                link.call(Jedis::ping);
              }
            })
        .isInstanceOf(JedisBusyException.class);
    other.scriptKill();
    assertThat(busy.get(5, TimeUnit.SECONDS)).isEqualTo("killed");
    other.configSet("maxmemory", "1");
    assertThatThrownBy(this::set).hasMessageStartingWith("OOM");
    other.configSet("maxmemory", "0");

    assertThat(id()).isEqualTo(first);
  }

  private Object runForEver() {
    try (Jedis jedis = new Jedis(redis.uri())) {
      return jedis.eval("while true do end");
    } catch (JedisDataException e) {
      return "killed";
    }
  }

  private String set() {
    return link.call(jedis -> jedis.set("k", "v"));
  }

  private long id() {
    return link.call(Jedis::clientId);
  }
}
