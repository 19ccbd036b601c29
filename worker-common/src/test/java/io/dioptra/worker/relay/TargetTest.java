package io.dioptra.worker.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs/7/../8/metrics",
        "/api/v1/jobs/7/./metrics",
        "/api/v1/jobs/7/..",
        "/api/v1/jobs/7%2F..%2F8/metrics",
        "/api/v1/jobs/7/%2e%2e/8/metrics",
        "/api/v1/jobs/7%2Fmetrics",
        "/api/v1/jobs/%37/metrics",
        "/api/v1//jobs/7/metrics",
        "//api/v1/jobs/7/metrics",
        "/api/v1/jobs/7/metrics//",
        "/api/v1/jobs/7;x=1/metrics",
        "/api/v1/jobs/7%00/metrics",
        "/api/v1/jobs/\u0667/metrics",
        "http://elsewhere/api/v1/jobs/7/metrics",
        "mailto:x",
        "*",
        ""
      })
  void aPathThatCouldBeReadInTwoWaysIsNotReadAtAll(String uri) {
    assertThat(Target.of(URI.create(uri))).isEmpty();
  }

  @Test
  void aPlainPathKeepsItsLastSlashAndItsQuery() {
    assertThat(Target.of(URI.create("/api/v1/artifacts/?search=name%3A%22..%22&index=0")))
        .contains(new Target("api/v1/artifacts/", Optional.of("search=name%3A%22..%22&index=0")));
    assertThat(Target.of(URI.create("/api/v1/jobs/7")).flatMap(Target::inApi)).contains("jobs/7");
    assertThat(Target.of(URI.create("/api/v2/jobs")).flatMap(Target::inApi)).isEmpty();
    assertThat(Target.of(URI.create("/"))).contains(new Target("", Optional.empty()));
  }

  @Test
  void anEndlessPathIsRefusedAtOnce() {
    assertThat(Target.of(URI.create("/a".repeat(100_000)))).isEmpty();
  }
}
