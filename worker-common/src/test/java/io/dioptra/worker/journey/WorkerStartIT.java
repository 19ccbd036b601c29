package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a worker says when it starts with settings that do not serve. */
@ExtendWith(SharedSite.class)
class WorkerStartIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** Of no worker: these tests end before any Python is started. */
  private static final Map<String, String> NOTHING =
      Map.of(
          "DIOPTRA_API", "",
          "DIOPTRA_WORKER_USERNAME", "",
          "DIOPTRA_WORKER_PASSWORD", "",
          "RQ_REDIS_URI", "",
          "RQ_REDIS_URL", "",
          "MLFLOW_TRACKING_URI", "");

  @Test
  void allThatIsMissingIsSaidAtOnce(@TempDir Path folder) throws Exception {
    Map<String, String> variables = new LinkedHashMap<>(NOTHING);
    variables.put("MLFLOW_S3_ENDPOINT_URL", "nonsense with blanks");
    try (WorkerProcess worker = WorkerProcess.start("worker-common", variables, folder, "q")) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log())
          .contains("Cannot start: 5 settings are wrong.")
          .contains("DIOPTRA_API is not set.", "DIOPTRA_WORKER_USERNAME is not set.")
          .contains("DIOPTRA_WORKER_PASSWORD is not set.")
          .contains("MLFLOW_TRACKING_URI is not set.")
          .contains("MLFLOW_S3_ENDPOINT_URL is not a usable URL.")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void anUnusableUrlIsNotRepeatedForThePasswordInIt(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Map<String, String> variables = new LinkedHashMap<>(site.workerEnvironment());
    variables.put("RQ_REDIS_URI", "redis://me:hidden-in-redis@localhost:what");
    variables.put("DIOPTRA_API", "http//me:hidden-in-api@localhost");
    variables.put("MLFLOW_TRACKING_URI", "http:/me:hidden-in-mlflow@localhost");
    try (WorkerProcess worker = WorkerProcess.start("worker-common", variables, folder, "q")) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log())
          .contains("Cannot start: 3 settings are wrong.")
          .doesNotContain("hidden-in");
    }
  }

  @Test
  void aRedisThatIsNotThereIsSaidWithoutThePassword(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (WorkerProcess worker =
        WorkerProcess.start(
            "worker-common",
            site.workerEnvironment(),
            folder,
            "--preload",
            "none",
            "--url",
            "redis://me:hidden-in-redis@127.0.0.1:1/0",
            "q")) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log()).contains("Cannot start: ").doesNotContain("hidden-in-redis");
    }
  }

  @Test
  void aPasswordThatIsWrongIsSaidAtOnceAndNotShown(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Map<String, String> variables = new LinkedHashMap<>(site.workerEnvironment());
    variables.put("DIOPTRA_WORKER_PASSWORD", "wrong-and-still-secret");
    try (WorkerProcess worker =
        WorkerProcess.start("worker-common", variables, folder, "--preload", "none", "q")) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log())
          .contains("Cannot start: ", "DIOPTRA_WORKER_PASSWORD")
          .doesNotContain("wrong-and-still-secret");
    }
  }

  @Test
  void certificatesThatCannotBeReadAreSaidAtOnce(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path bundle = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nx\n");
    Map<String, String> variables = new LinkedHashMap<>(site.workerEnvironment());
    variables.put("MLFLOW_S3_ENDPOINT_URL", "https://minio.invalid");
    variables.put("AWS_CA_BUNDLE", bundle.toString());
    try (WorkerProcess worker =
        WorkerProcess.start("worker-common", variables, folder, "--preload", "none", "q")) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log())
          .contains("Cannot start: The certificates in " + bundle + ", named by AWS_CA_BUNDLE,");
    }
  }

  @Test
  void aWorkerThatNeedsAGpuDoesNotStartWithoutOne(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Map<String, String> variables = new LinkedHashMap<>(site.workerEnvironment());
    variables.put("CUDA_VISIBLE_DEVICES", "-1");
    try (WorkerProcess worker =
        WorkerProcess.start("worker-common", variables, folder, "--require-gpu", "q")) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log())
          .contains("Cannot start: --require-gpu, but no GPU: ", "The operator should ");
    }
  }
}
