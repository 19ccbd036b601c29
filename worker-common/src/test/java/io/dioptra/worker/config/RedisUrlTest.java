package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
  private static final ServerTrust SITE =
      new ServerTrust.Bundle(Path.of("/site.pem"), "REQUESTS_CA_BUNDLE");

  @ParameterizedTest
  @CsvSource({
    "redis://, redis://localhost:6379/0",
    "redis://redis, redis://redis:6379/0",
    "redis://dioptra_deployment-redis:6380, redis://dioptra_deployment-redis:6380/0",
    "redis://redis:6379/3, redis://redis:6379/3",
    "redis://redis/?db=4, redis://redis:6379/4",
    "redis://redis/3?db=4, redis://redis:6379/4",
    "redis://10.0.0.7:1/, redis://10.0.0.7:1/0",
    "redis://[::1]:7/1, redis://[::1]:7/1",
    "rediss://redis, rediss://redis:6379/0",
    "unix:///run/redis.sock, unix:///run/redis.sock?db=0",
    "unix://me:secret@/run/my%20redis.sock?db=2, unix://***@/run/my redis.sock?db=2",
    "redis+sentinel://a/queues, redis+sentinel://a:26379/queues/0",
    "'rediss+sentinel://:secret@a:1,b:2,[::1]/q/5',"
        + " 'rediss+sentinel://***@a:1,b:2,[::1]:26379/q/5'",
  })
  void addressesAreReadAsOthersReadThem(String url, String read) {
    assertThat(RedisUrl.parse(url, SITE)).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://worker:p%40ss+%3A:w%C3%B6rd@redis:1/2, worker, p@ss+::wörd",
    "redis://:secret@redis, '', secret",
    "redis://me@redis, me, ''",
    "redis://redis?username=me&password=a%2Bb+c%2525, me, a+b c%25",
    "redis://you:yours@redis?username=me&password=mine, you, yours",
    "unix://me:secret@/s, me, secret",
    "'redis+sentinel://me:secret@a,b/q?sentinel_password=other', me, secret",
  })
  void credentialsAreDecoded(String url, String user, String password) {
    RedisLogin login = RedisUrl.parse(url, SITE).login().orElseThrow();

    assertThat(login.user().orElse("")).isEqualTo(user);
    assertThat(login.password().reveal()).isEqualTo(password);
  }

  @Test
  void nothingOfItPrintsAPassword() {
    RedisUrl url =
        RedisUrl.parse("redis+sentinel://:hidden@a/q?sentinel_password=hidden-too", SITE);

    assertThat(url.toString() + url.place() + url.login()).doesNotContain("hidden");
    assertThat(((RedisPlace.Sentinels) url.place()).login().orElseThrow().password().reveal())
        .isEqualTo("hidden-too");
  }

  @Test
  void withoutAWordAboutItTheSitesCertificatesAndTheServersNameCount() {
    RedisTls tls = RedisUrl.parse("rediss://redis", SITE).tls().orElseThrow();

    assertThat(tls).isEqualTo(new RedisTls(SITE, true, Optional.empty()));
  }

  @Test
  void optionsOfTlsAreReadAsRedisPyNamesThem() {
    RedisTls tls =
        RedisUrl.parse(
                "rediss://redis?ssl_ca_certs=/ca.pem&ssl_check_hostname=False"
                    + "&ssl_certfile=/me.pem&ssl_keyfile=/me.key",
                SITE)
            .tls()
            .orElseThrow();

    assertThat(tls.trust()).isEqualTo(new ServerTrust.Bundle(Path.of("/ca.pem"), "ssl_ca_certs"));
    assertThat(tls.checksHost()).isFalse();
    assertThat(tls.client())
        .contains(new RedisTls.ClientCertificate(Path.of("/me.pem"), Path.of("/me.key")));
    assertThat(RedisUrl.parse("rediss://redis?ssl_cert_reqs=none", SITE).tls().orElseThrow())
        .isEqualTo(new RedisTls(new ServerTrust.Anybody(), false, Optional.empty()));
  }

  @Test
  void timeoutsAreSecondsAndOtherOptionsOfRedisPyDoNothing() {
    RedisUrl url =
        RedisUrl.parse(
            "redis://redis?socket_timeout=2.5&socket_connect_timeout=1&health_check_interval=30"
                + "&retry_on_timeout=yes&max_connections=3&socket_keepalive=True&client_name=x"
                + "&protocol=2",
            SITE);

    assertThat(url.answer()).isEqualTo(Duration.ofMillis(2500));
    assertThat(url.connect()).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://redis?scoket_timeout=5, Its option scoket_timeout is unknown",
    "redis://redis?ssl_ca_certs=/ca.pem, 'Its option ssl_ca_certs is not supported, or needs"
        + " rediss://.'",
    "rediss://redis?ssl_cert_reqs=maybe, 'ssl_cert_reqs is wrong. Expected required, optional or"
        + " none'",
    "redis://redis?socket_timeout=never, socket_timeout is wrong. Expected a number of seconds",
    "rediss://redis?ssl_keyfile=/k, Expected ssl_certfile beside it",
    "redis://redis?sEcret!=1, One of its options is unknown",
    "redis://:se%cret@redis, A percent sign in it",
  })
  void whatIsWrongWithAnOptionIsSaid(String url, String problem) {
    assertThatThrownBy(() -> RedisUrl.parse(url, SITE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis",
        "secret://redis",
        "http://redis:secret@x",
        "redis://redis:secret",
        "redis://redis/secret",
        "redis://redis:99999",
        "redis://:secret/2@redis",
        "redis://:sec#ret@redis",
        "unix://secret",
        "unix://secret/run/redis.sock",
        "redis+sentinel://secret",
        "redis+sentinel://a,b/service/secret",
        "redis://redis?db=secret",
      })
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> RedisUrl.parse(url, SITE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected redis://")
        .hasMessageContaining("redis+sentinel://")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
  }
}
