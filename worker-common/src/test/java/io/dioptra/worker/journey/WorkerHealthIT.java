package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a worker's health file says at each stop of its life. */
@ExtendWith(SharedSite.class)
class WorkerHealthIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @Test
  void aWorkerThatWaitsForAServerIsNotHealthyAndCanBeEnded(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("health");
    try (WorkerProcess worker =
        WorkerProcess.start(
            "worker-common", variables(site, file), folder, "--wait-for", "127.0.0.1:1", "q")) {
      worker.awaitLine("Waiting for 127.0.0.1:1: Connection refused", BOUND);
      assertThat(file).hasContent("0 waiting for [127.0.0.1:1]");
      ProcessHandle.of(worker.pid()).orElseThrow().destroy();
      assertThat(worker.process().onExit()).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(0);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aWorkerIsHealthyFromItsFirstWaitToItsLastJob(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("health");
    Path gate = folder.resolve("gate");
    try (Workshop shop = Workshop.open(site, variables(site, file))) {
      awaitState(file, "idle");
      Rude rude = Rude.in(shop);
      SubmittedJob job = rude.submit("wait", gate);
      awaitState(file, "busy with job " + job.id());
      shop.worker().awaitLine("about to wait", BOUND);
      ProcessHandle.of(shop.worker().pid()).orElseThrow().destroy();
      awaitState(file, "busy with job " + job.id() + ", then it ends");
      Files.createFile(gate);
      assertThat(shop.worker().process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
      assertThat(file).doesNotExist();
    }
  }

  private static Map<String, String> variables(DioptraSite site, Path file) {
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    variables.put("DIOPTRA_WORKER_HEALTH_FILE", file.toString());
    return variables;
  }

  /** Waits until the file says so, for a time to come. */
  private static void awaitState(Path file, String words) throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    String line = read(file);
    while (!line.endsWith(" " + words)) {
      assertThat(System.nanoTime()).as("%s instead of %s", line, words).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
      line = read(file);
    }
    assertThat(Long.parseLong(line.split(" ", 2)[0]))
        .isGreaterThan(System.currentTimeMillis() / 1000);
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException _) {
      return "";
    }
  }
}
