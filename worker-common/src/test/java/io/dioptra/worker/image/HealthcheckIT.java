package io.dioptra.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.telemetry.HealthFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health check of the image on the file that the worker writes. */
class HealthcheckIT {
  private static final InstantSource NOW = Clock.systemUTC();

  @TempDir private Path folder;

  @Test
  void aWorkerThatIsNotThereIsUnhealthy() throws Exception {
    Script check = check();
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.output()).startsWith("unhealthy: the worker has not begun or has ended");
  }

  @Test
  void aWorkerThatWaitsIsNotReadyAndSaysForWhat() throws Exception {
    try (HealthFile health = open(NOW)) {
      health.starting("waiting for [redis:6379]");
      Script check = check();
      assertThat(check.status()).isEqualTo(1);
      assertThat(check.output()).isEqualTo("not ready: waiting for [redis:6379]");
    }
  }

  @Test
  void aBusyWorkerIsHealthyAlsoWhileItDrains() throws Exception {
    try (HealthFile health = open(NOW)) {
      health.working("busy with job 7");
      assertThat(check()).extracting(Script::status).isEqualTo(0);
      health.draining();
      Script check = check();
      assertThat(check.status()).isEqualTo(0);
      assertThat(check.output()).isEqualTo("healthy: busy with job 7, then it ends");
    }
  }

  @Test
  void aWorkerWhoseLoopsStandStillIsUnhealthy() throws Exception {
    try (HealthFile health = open(() -> NOW.instant().minus(Duration.ofMinutes(5)))) {
      health.working("busy with job 7");
      Script check = check();
      assertThat(check.status()).isEqualTo(1);
      assertThat(check.output())
          .matches("unhealthy: no sign of life since 2\\d\\d s .*; the worker was busy with job 7");
    }
  }

  @Test
  void aFileThatIsDamagedIsUnhealthy() throws Exception {
    Files.writeString(folder.resolve("health"), "$(date) idle\n");
    assertThat(check().status()).isEqualTo(1);
  }

  /** The best of ten, since other work on this machine only adds to it. */
  @Test
  void theCheckTakesLessThanFiftyMilliseconds() throws Exception {
    try (HealthFile health = open(NOW)) {
      health.working("idle");
      Duration best = Duration.ofDays(1);
      for (int i = 0; i < 10; i++) {
        best = Stream.of(best, check().time()).min(Duration::compareTo).orElseThrow();
      }
      assertThat(best).isLessThan(Duration.ofMillis(50));
    }
  }

  private HealthFile open(InstantSource clock) {
    return new HealthFile(Optional.of(folder.resolve("health")), clock);
  }

  private Script check() throws Exception {
    String file = folder.resolve("health").toString();
    // No PATH: it starts no program.
    return Script.run(
        "usr/local/bin/healthcheck.sh", Map.of("DIOPTRA_WORKER_HEALTH_FILE", file, "PATH", ""));
  }
}
