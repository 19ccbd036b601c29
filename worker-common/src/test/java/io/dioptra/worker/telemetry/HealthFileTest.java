package io.dioptra.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthFileTest {
  @TempDir private Path folder;
  private Path file = Path.of("unset");
  private Instant now = Instant.ofEpochSecond(1000);

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("health");
  }

  @Test
  void aWorkerThatStartsIsNotHealthyYet() throws IOException {
    try (HealthFile health = open()) {
      assertThat(file).hasContent("0 starting");
      health.starting("waiting for [redis:6379]");
      now = now.plusSeconds(60);
      health.renew();
      assertThat(file).hasContent("0 waiting for [redis:6379]");
    }
  }

  @Test
  void whoeverTurnsRenewsItEveryFewSeconds() throws IOException {
    try (HealthFile health = open()) {
      health.working("busy with job 7");
      assertThat(file).hasContent("1090 busy with job 7");
      now = now.plusSeconds(4);
      health.renew();
      assertThat(file).hasContent("1090 busy with job 7");
      now = now.plusSeconds(1);
      health.renew();
      assertThat(file).hasContent("1095 busy with job 7");
    }
  }

  @Test
  void aClockThatIsSetBackDoesNotEndTheRenewal() throws IOException {
    try (HealthFile health = open()) {
      health.working("idle");
      now = now.minusSeconds(500);
      health.renew();
      assertThat(file).hasContent("590 idle");
    }
  }

  @Test
  void aWorkerThatEndsStaysHealthyUntilItsJobHasEnded() throws IOException {
    try (HealthFile health = open()) {
      health.working("busy with job 7");
      health.draining();
      assertThat(file).hasContent("1090 busy with job 7, then it ends");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLateTurnDoesNotBringTheFileBack() throws IOException {
    HealthFile health = open();
    health.working("idle");
    health.close();
    now = now.plus(Duration.ofMinutes(1));
    health.renew();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotStopTheWorker() throws IOException {
    Files.writeString(file, "a file, so no folder");
    try (HealthFile health = new HealthFile(Optional.of(file.resolve("health")), () -> now)) {
      health.working("idle");
      health.renew();
    }
    assertThat(file).hasContent("a file, so no folder");
  }

  private HealthFile open() {
    return new HealthFile(Optional.of(file), () -> now);
  }
}
