package io.dioptra.worker.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.RedisUrl;
import io.dioptra.worker.config.ServerTrust;
import io.dioptra.worker.network.PrivateAuthority;
import io.dioptra.worker.network.TlsFront;
import io.dioptra.worker.testing.RedisServer;
import io.dioptra.worker.testing.RedisSetup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Each way to a Redis, and what is said where it leads nowhere. */
class RedisConnectionIT {
  @TempDir private static Path folder;
  private static Path socket;
  private static RedisServer redis;
  private static PrivateAuthority authority;
  private static TlsFront front;

  @BeforeAll
  static void start() throws Exception {
    socket = folder.resolve("a redis.sock");
    redis = RedisServer.start(RedisSetup.USUAL.with("--unixsocket", socket.toString()));
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.aclSetUser("worker", "on", ">p@ss/word", "~*", "+@all");
      jedis.select(3);
      jedis.set("where", "database 3");
    }
    authority = PrivateAuthority.in(folder, "localhost");
    front = TlsFront.of(URI.create(redis.uri()), authority.context());
  }

  @AfterAll
  static void stop() throws Exception {
    front.close();
    redis.close();
  }

  @Test
  void aPrivateAuthorityIsTrustedThatTheUrlNames() {
    assertThat(where(secure("localhost", "?db=3&ssl_ca_certs=" + authority.bundle())))
        .isEqualTo("database 3");
  }

  @Test
  void aPrivateAuthorityIsTrustedThatTheSiteNames() {
    ServerTrust site = new ServerTrust.Bundle(authority.bundle(), "REQUESTS_CA_BUNDLE");
    RedisAddress address = RedisAddress.of(RedisUrl.parse(secure("localhost", "/3"), site));

    assertThat(where(address)).isEqualTo("database 3");
  }

  @Test
  void aServerOfAnotherAuthorityIsRefusedWithAdvice() {
    assertThat(refusal(secure("localhost", "")))
        .startsWith("Error connecting to localhost:")
        .contains("certification path")
        .contains("The operator should name the file with the authority", "ssl_ca_certs");
  }

  @Test
  void aCertificateForAnotherNameIsRefusedUnlessTheUrlSaysOtherwise() {
    String bundle = "?db=3&ssl_ca_certs=" + authority.bundle();

    assertThat(refusal(secure("127.0.0.1", bundle)))
        .contains("127.0.0.1")
        .contains("use the name that the certificate is for");
    assertThat(where(secure("127.0.0.1", bundle + "&ssl_check_hostname=false")))
        .isEqualTo("database 3");
  }

  @Test
  void noCertificateIsLookedAtWhereTheUrlSaysSo() {
    assertThat(where(secure("127.0.0.1", "/3?ssl_cert_reqs=none"))).isEqualTo("database 3");
  }

  @Test
  void aRedisWithoutTlsIsSaidToBeThat() {
    assertThat(refusal("rediss://127.0.0.1:" + redis.port() + "?socket_timeout=1"))
        .contains("no answer to the greeting of TLS within 1000 ms")
        .contains("The operator should check whether this port of Redis speaks TLS");
  }

  @Test
  void aRedisWithTlsDoesNotUnderstandWhoComesWithout() {
    assertThat(refusal(front.at("127.0.0.1").replace("https://", "redis://")))
        .startsWith("Error connecting to 127.0.0.1:")
        .contains("the operator should write rediss:// in its URL");
  }

  @Test
  void certificatesThatCannotBeReadAreNamed() throws Exception {
    Path bundle = Files.writeString(folder.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nx\n");

    assertThatThrownBy(() -> RedisAddress.parse("rediss://redis?ssl_ca_certs=" + bundle))
        .hasMessageStartingWith("The certificates in " + bundle + ", named by ssl_ca_certs,");
    assertThatThrownBy(() -> RedisAddress.parse("rediss://redis?ssl_certfile=" + bundle))
        .hasMessageStartingWith("The client certificate for Redis, ssl_certfile " + bundle)
        .hasMessageContaining("openssl pkcs8");
  }

  @Test
  void aServerThatAsksWhoTheWorkerIsGetsItsCertificate() throws Exception {
    Path me = authority.client(folder.resolve("me.pem"));
    try (TlsFront strict = TlsFront.askingWhoIsThere(URI.create(redis.uri()), authority)) {
      String url =
          strict.at("localhost").replace("https://", "rediss://")
              + "/3?ssl_ca_certs="
              + authority.bundle();

      assertThat(refusal(url))
          .startsWith("Error connecting to localhost:")
          .contains("may want a certificate of the worker", "ssl_certfile");
      assertThat(where(url + "&ssl_certfile=" + me)).isEqualTo("database 3");
    }
  }

  @Test
  void aUnixSocketLeadsToTheSameRedis() {
    String path = socket.toString().replace(" ", "%20");

    assertThat(where("unix://" + path + "?db=3")).isEqualTo("database 3");
    assertThat(where("unix://worker:p%40ss%2Fword@" + path + "?db=3")).isEqualTo("database 3");
  }

  @Test
  void muchPassesAUnixSocketBothWays() {
    String much = "x".repeat(3_000_000);
    try (Jedis jedis = viaSocket("").connection()) {
      jedis.set("much", much);

      assertThat(jedis.get("much")).isEqualTo(much);
      jedis.del("much");
    }
  }

  @Test
  void aUnixSocketThatIsNotThereIsSaid() {
    assertThat(refusal("unix://" + folder.resolve("none.sock")))
        .startsWith("Error connecting to " + folder.resolve("none.sock") + ": ")
        .contains("No such file or directory");
  }

  @Test
  void aTimeoutEndsTheWaitAtAUnixSocket() throws Exception {
    try (Jedis jedis = viaSocket("?socket_timeout=0.2").connection()) {
      redis.stall();
      assertThatThrownBy(jedis::ping)
          .isInstanceOf(JedisConnectionException.class)
          .hasMessageContaining("No answer within 200 ms");
    } finally {
      redis.goOn();
    }
  }

  @Test
  void anInterruptClosesAUnixSocketOfAVirtualThreadOnly() throws Exception {
    try (Jedis jedis = viaSocket("").connection()) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      Thread waits = Thread.ofVirtual().name("waits").start(() -> popInto(jedis, answer, 60));
      awaitBlocked();
      waits.interrupt();

      assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(JedisConnectionException.class);
    }
    try (Jedis jedis = viaSocket("").connection();
        Jedis other = new Jedis(redis.uri())) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      Thread waits = Thread.ofPlatform().name("waits").start(() -> popInto(jedis, answer, 10));
      awaitBlocked();
      waits.interrupt();
      other.lpush("nothing", "something");

      assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("something");
    }
  }

  @Test
  void aUserIsKnownByWhatTheUrlSaysBeforeOrBehind() {
    String server = "127.0.0.1:" + redis.port();

    assertThat(whoAmI("redis://worker:p%40ss%2Fword@" + server)).isEqualTo("worker");
    assertThat(whoAmI("redis://" + server + "?username=worker&password=p%40ss%2Fword"))
        .isEqualTo("worker");
    assertThat(whoAmI("redis://" + server)).isEqualTo("default");
  }

  @Test
  void aWrongPasswordIsSaidWithoutShowingIt() {
    assertThat(refusal("redis://worker:topsecret@127.0.0.1:" + redis.port()))
        .startsWith("Redis at 127.0.0.1:" + redis.port() + " refuses this worker: WRONGPASS")
        .doesNotContain("topsecret");
  }

  private static void popInto(Jedis jedis, CompletableFuture<Object> answer, int seconds) {
    try {
      answer.complete(jedis.blpop(seconds, "nothing").getLast());
    } catch (JedisException e) {
      answer.complete(e);
    }
  }

  private static void awaitBlocked() throws InterruptedException {
    try (Jedis jedis = new Jedis(redis.uri())) {
      CountDownLatch pause = new CountDownLatch(1);
      for (int tries = 0; !jedis.info("clients").contains("blocked_clients:1"); tries++) {
        assertThat(tries).isLessThan(500);
        assertThat(pause.await(10, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
  }

  private static RedisAddress viaSocket(String options) {
    return RedisAddress.parse("unix://" + socket.toString().replace(" ", "%20") + options);
  }

  private static String secure(String host, String rest) {
    return front.at(host).replace("https://", "rediss://") + rest;
  }

  private static String where(String url) {
    return where(RedisAddress.parse(url));
  }

  private static String where(RedisAddress address) {
    try (Jedis jedis = address.connection()) {
      return String.valueOf(jedis.get("where"));
    }
  }

  private static String whoAmI(String url) {
    try (Jedis jedis = RedisAddress.parse(url).connection()) {
      return jedis.aclWhoAmI();
    }
  }

  /** What the operator reads. */
  private static String refusal(String url) {
    RedisAddress address = RedisAddress.parse(url);
    try (Jedis jedis = address.connection()) {
      throw new AssertionError("a connection: " + jedis.ping());
    } catch (JedisException e) {
      return String.valueOf(new RedisServerCheck(address).explain(e).getMessage());
    }
  }
}
