package io.dioptra.worker.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @ParameterizedTest
  @CsvSource({
    "redis://, localhost, 6379, 0",
    "redis://redis, redis, 6379, 0",
    "redis://dioptra_deployment-redis:6380, dioptra_deployment-redis, 6380, 0",
    "redis://redis:6379/3, redis, 6379, 3",
    "redis://redis/?db=4, redis, 6379, 4",
    "redis://10.0.0.7:1/, 10.0.0.7, 1, 0",
    "redis://[::1]:7/1, [::1], 7, 1",
  })
  void addressesAreReadAsRedisPyReadsThem(String uri, String host, int port, int database) {
    assertThat(RedisAddress.parse(uri))
        .isEqualTo(new RedisAddress(host, port, database, Optional.empty(), Optional.empty()));
  }

  @Test
  void credentialsAreDecodedAndNeverPrinted() {
    RedisAddress address = RedisAddress.parse("redis://worker:p%40ss+%3A:w%C3%B6rd@redis:1/2");

    assertThat(address.user()).contains("worker");
    assertThat(address.password()).contains("p@ss+::wörd");
    assertThat(address).hasToString("redis://***@redis:1/2");
  }

  @Test
  void aPasswordNeedsNoUser() {
    RedisAddress address = RedisAddress.parse("redis://:secret@redis");

    assertThat(address.user()).isEmpty();
    assertThat(address.password()).contains("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis",
        "http://redis:secret@x",
        "rediss://:secret@redis",
        "unix:///secret",
        "redis://redis:secret",
        "redis://redis/secret"
      })
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String uri) {
    assertThatThrownBy(() -> RedisAddress.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected redis://")
        .hasMessageNotContaining("secret");
  }
}
