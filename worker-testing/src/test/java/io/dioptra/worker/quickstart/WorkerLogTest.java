package io.dioptra.worker.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLogTest {
  @TempDir Path folder;

  @Test
  void thePhasesOfAJobAreReadInOrderAndWithoutWhatElseTheLineTells() throws IOException {
    WorkerLog log =
        log(
            "[info ] Job phases job=11 claim=7 [run] job_id=11",
            "[info ] Job phases job=12 status=finished claim=3 fetch=80 [run] job_id=12");

    assertThat(log.phases(12))
        .containsExactly(
            entry("claim", Duration.ofMillis(3)), entry("fetch", Duration.ofMillis(80)));
  }

  @Test
  void aWorkerThatTellsNoPhasesIsNoError() throws IOException {
    assertThat(log("job 12 finished").phases(12)).isEmpty();
  }

  @Test
  void theWorkerIsReadyWhenItSaysSo() throws IOException {
    assertThat(log("starting").tellsReady()).isFalse();
    assertThat(log("Python is ready: 4 modules").tellsReady()).isTrue();
  }

  private WorkerLog log(String... lines) throws IOException {
    Path file = folder.resolve("server.log");
    Files.writeString(file, String.join("\n", lines));
    return new WorkerLog(file);
  }
}
