package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.Program.Ended;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** How containers begin, or say why they do not. */
@ExtendWith(SharedSite.class)
class StartIT {
  private static final Duration START = Duration.ofSeconds(1);
  private static final int STARTS = 9;

  private final TestedImage image = TestedImage.smallest();

  @Test
  void helpNeedsNoSettings() throws Exception {
    Ended ended = ran("--help");
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("dioptra-worker-v1", "--wait-for", "--results-ttl");
  }

  @Test
  void missingSettingsAreToldAllAtOnce() throws Exception {
    Ended ended = ran();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output())
        .contains("DIOPTRA_API is not set", "DIOPTRA_WORKER_USERNAME is not set")
        .contains("DIOPTRA_WORKER_PASSWORD is not set", "MLFLOW_TRACKING_URI is not set")
        .doesNotContain("Exception");
  }

  @Test
  void theWorkerIsReadyWithinASecond(DioptraSite site) throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (WorkerContainer worker = WorkerContainer.of(image, site, Probe.unique())) {
        worker.start();
        times.add(worker.startUp());
      }
    }
    MachineLoad.assertMedian("From the start of the container to ready", times, START);
  }

  /** Each that is read from its jar, and each lambda that is spun, delays the first import. */
  @Test
  void ourClassesComeFromTheArchive(DioptraSite site) throws Exception {
    String log = "/tmp/classes.log";
    try (WorkerContainer worker = WorkerContainer.of(image, site, Probe.unique())) {
      worker.withEnv("JAVA_OPTS", "-Xlog:class+load=info:file=" + log);
      worker.start();
      List<String> ours =
          worker
              .inside("cat " + log)
              .lines()
              .filter(line -> line.contains("] io.dioptra."))
              .toList();
      List<String> madeAnew =
          ours.stream().filter(line -> !line.contains("source: shared objects file")).toList();
      assertThat(ours).hasSizeGreaterThan(100);
      assertThat(madeAnew)
          .as("image-layers/list-classes should be run anew: of %d classes", ours.size())
          .hasSizeLessThan(ours.size() / 10);
    }
  }

  @Test
  void servesTheQueueOfItsImageWhenNoneIsNamed(DioptraSite site) {
    try (WorkerContainer worker = WorkerContainer.of(image, site)) {
      worker.start();
      assertThat(worker.getLogs()).contains("Ready for jobs of [" + image + "]");
    }
  }

  @Test
  void waitsForAServerThatComesLater(DioptraSite site) throws Exception {
    InetSocketAddress place;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      place = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
    try (WorkerContainer worker =
        WorkerContainer.of(
                image, site, "--wait-for", "127.0.0.1:" + place.getPort(), Probe.unique())
            .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
            .waitingFor(Wait.forLogMessage(".*Waiting for 127.0.0.1:.*\\n", 1))) {
      worker.start();
      assertThat(worker.getLogs()).doesNotContain("Ready for jobs");
      try (ServerSocket server = new ServerSocket()) {
        server.bind(place);
        worker.awaitLine("Ready for jobs");
      }
    }
  }

  @Test
  void givesUpOnAServerThatNeverComes() throws Exception {
    Ended ended =
        ran(
            "--env=DIOPTRA_API=http://127.0.0.1:9",
            "--env=DIOPTRA_WORKER_USERNAME=nobody",
            "--env=DIOPTRA_WORKER_PASSWORD=nothing",
            "--env=MLFLOW_TRACKING_URI=http://127.0.0.1:9",
            "--env=MLFLOW_S3_ENDPOINT_URL=",
            "--",
            "--wait-for=127.0.0.1:9",
            "--wait-timeout=2");
    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output())
        .contains("127.0.0.1:9 could not be reached within 2 s")
        .contains("The operator should check");
  }

  /** Runs a container to its end; options of docker stand before {@code --}, if there are any. */
  private Ended ran(String... arguments) throws Exception {
    List<String> given = List.of(arguments);
    int split = given.indexOf("--");
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network=host"));
    command.addAll(given.subList(0, Math.max(split, 0)));
    command.add(image.reference());
    command.addAll(given.subList(split + 1, given.size()));
    return Program.of(command.toArray(String[]::new)).run();
  }
}
