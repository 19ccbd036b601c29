package io.dioptra.worker.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.NeedsImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.StoredArtifact;
import io.dioptra.worker.testing.SubmittedJob;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user sees of a whole Dioptra with our workers. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(
    value = "hasWorkers",
    disabledReason = "e2e/run was asked for no CPU image with a framework")
class ComposedSystemIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LOST = Duration.ofSeconds(90);

  private ComposedSystem system;

  static boolean hasWorkers() {
    return !ComposedSystem.workers().isEmpty();
  }

  @BeforeAll
  void start() throws Exception {
    system = ComposedSystem.start();
  }

  @AfterAll
  void stop() throws Exception {
    system.close();
  }

  @ParameterizedTest
  @MethodSource("io.dioptra.worker.e2e.system.ComposedSystem#workers")
  void theGreetingIsInTheS3Store(String worker) throws Exception {
    SubmittedJob job = finished("greeting", worker);
    StoredArtifact message = job.artifact("message");
    assertThat(message.uri()).startsWith("s3://mlflow-tracking/artifacts/");
    String stored =
        system.compose().inside("s3", "cat '/data/buckets/" + message.uri().substring(5) + "'");
    assertThat(stored)
        .contains("Hello, World!!!")
        .isEqualTo(new String(message.download(), StandardCharsets.UTF_8).strip());
  }

  @Test
  @NeedsImage("tensorflow-cpu")
  void theAttackOnTheKerasModelLowersItsAccuracy() throws Exception {
    assertAttacked(finished("digits_attack", "tensorflow-cpu"));
  }

  @Test
  @NeedsImage("pytorch-cpu")
  void theAttackOnTheTorchModelLowersItsAccuracy() throws Exception {
    assertAttacked(finished("digits_attack_torch", "pytorch-cpu"));
  }

  @ParameterizedTest
  @MethodSource("io.dioptra.worker.e2e.system.ComposedSystem#workers")
  void aBusyWorkerThatIsStoppedFinishesItsJob(String worker) throws Exception {
    Compose compose = system.compose();
    Probe probe = Probe.on(system.client(), system.queue(worker), worker);
    SubmittedJob job = probe.submit("wait", "/tmp/gate");
    Probe.awaitLog(job, "about to wait");
    CompletableFuture<String> stopped =
        CompletableFuture.supplyAsync(() -> stopped(compose, worker));
    compose.inside(worker, "until healthcheck.sh | grep -q 'then it ends'; do sleep 0.1; done");
    assertThat(job.status()).isEqualTo("started");
    compose.inside(worker, "touch /tmp/gate");
    assertThat(stopped).succeedsWithin(LIMIT).isEqualTo("exited 0");
    assertThat(job.status()).as(job.logText()).isEqualTo("finished");
    compose.run("start", worker);
    compose.awaitHealthy(worker, LIMIT);
  }

  @Test
  void theJobOfAContainerThatIsKilledIsFailedByABusyOne() throws Exception {
    Compose compose = system.compose();
    String worker = ComposedSystem.workers().getFirst();
    Probe probe = Probe.on(system.client(), system.queue(worker), worker);
    SubmittedJob busy = probe.submit("wait", "/tmp/second-gate");
    Probe.awaitLog(busy, "about to wait");
    compose.run("up", "--detach", "--no-build", "--no-recreate", "--scale", worker + "=2", worker);
    SubmittedJob lost = probe.submit("wait", "/tmp/never");
    Probe.awaitLog(lost, "about to wait");
    long killed = System.nanoTime();
    compose.kill(worker, 2);
    assertThat(lost.awaitEnd(LOST)).isEqualTo("failed");
    System.out.printf(
        "The job of a killed container has failed after %.0f s%n",
        (System.nanoTime() - killed) / 1e9);
    assertThat(lost.logText()).contains("The worker that ran this job disappeared");
    assertThat(busy.status()).as(busy.logText()).isEqualTo("started");
    compose.inside(worker, "touch /tmp/second-gate");
    assertThat(busy.awaitEnd(LIMIT)).isEqualTo("finished");
    compose.run("up", "--detach", "--no-build", "--no-recreate", "--scale", worker + "=1", worker);
  }

  private static String stopped(Compose compose, String worker) {
    try {
      compose.run("stop", worker);
      return compose.inspect(worker, "{{.State.Status}} {{.State.ExitCode}}");
    } catch (Exception e) {
      throw new IllegalStateException(worker + " cannot be stopped", e);
    }
  }

  private static void assertAttacked(SubmittedJob job) throws Exception {
    JsonNode report = JsonMapper.shared().readTree(job.artifact("report").download());
    double clean = report.get("clean_accuracy").asDouble();
    assertThat(clean).isGreaterThan(0.9);
    assertThat(report.get("fgsm_accuracy").asDouble()).isLessThan(clean - 0.2);
  }

  private SubmittedJob finished(String entrypoint, String worker) throws Exception {
    SubmittedJob job =
        system
            .client()
            .job(
                system.experiment(), system.examples().entrypoint(entrypoint), system.queue(worker))
            .submit();
    assertThat(job.awaitEnd(LIMIT)).as(job.logText()).isEqualTo("finished");
    assertThat(statusInMlflow(job)).isEqualTo("FINISHED");
    return job;
  }

  private String statusInMlflow(SubmittedJob job) throws Exception {
    String run = job.mlflowRun().replace("-", "");
    URI page =
        system.compose().address("mlflow", 5000).resolve("/api/2.0/mlflow/runs/get?run_id=" + run);
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
      return JsonMapper.shared().readTree(answer).at("/run/info/status").asString("");
    }
  }
}
