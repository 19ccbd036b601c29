package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"redis:6379", "my_minio.site:9001", "127.0.0.1:1", "[::1]:65535"})
  void anAddressPrintsAsItWasWritten(String text) {
    assertThat(ServiceAddress.parse(text)).hasToString(text);
  }

  @Test
  void theBracketsAreNotPartOfAnAddress() {
    assertThat(ServiceAddress.parse("[fe80::1%eth0]:6379"))
        .isEqualTo(new ServiceAddress("fe80::1%eth0", 6379));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis",
        "redis:",
        ":6379",
        "redis:0",
        "redis:65536",
        "redis:x",
        "::1:6379",
        "[]:1",
        "redis:6379 ",
        "redis://redis:6379",
        "user@redis:6379",
        "[redis]name:1"
      })
  void anythingElseIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> ServiceAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" is not HOST:PORT, such as redis:6379 or [::1]:6379");
  }
}
