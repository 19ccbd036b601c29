package io.dioptra.worker.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.config.NetworkSettings;
import io.dioptra.worker.config.Secret;
import io.dioptra.worker.config.TrackingSettings;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.tracking.MlflowTracking;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dioptra's own Python client, as plugins use it, at the real API through the relay. */
@ExtendWith(SharedSite.class)
class RelayedClientIT {
  private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(20));
  private static final String PASSWORD = "DIOPTRA_WORKER_PASSWORD";

  private static final String SCRIPT =
      """
      import json, logging, os, sys
      from pathlib import Path
      from dioptra.client import connect_json_dioptra_client
      from dioptra.client.base import StatusCodeError
      from dioptra.sdk.utilities.auth_client import get_authenticated_worker_client

      own, other, experiment = map(int, sys.argv[1:4])
      client = get_authenticated_worker_client(logging.getLogger(), "json")
      name, password = os.environ["DIOPTRA_WORKER_USERNAME"], os.environ["DIOPTRA_WORKER_PASSWORD"]
      stranger = connect_json_dioptra_client()
      answers = {}


      def ask(what, call):
          try:
              answers[what] = [200, call()]
          except StatusCodeError as error:
              answers[what] = [error.status_code, error.message]


      job = client.jobs.get_by_id(own)
      entrypoint = job["entrypoint"]
      ask("own metric", lambda: client.jobs.append_metric_by_id(own, "accuracy", 0.5, 3))
      ask("own nan", lambda: client.jobs.append_metric_by_id(own, "loss", float("nan")))
      line = {"severity": "INFO", "loggerName": "mine", "message": "by the client"}
      ask("own log", lambda: client.jobs.append_logs_by_id(own, [line]))
      ask("own metrics", lambda: client.jobs.get_metrics_by_id(own))
      ask("another job", lambda: client.jobs.get_by_id(other))
      ask("queues", lambda: client.queues.get(search="name:*", page_length=3))
      ask("bundle", lambda: client.entrypoints.snapshots.get_plugins_bundle(
          entrypoint["id"], entrypoint["snapshotId"], output_dir=Path.cwd()).stat().st_size)
      ask("own status", lambda: client.experiments.jobs.set_status(experiment, own, "failed"))
      ask("status", lambda: client.experiments.jobs.set_status(experiment, other, "started"))
      ask("metric", lambda: client.jobs.append_metric_by_id(other, "accuracy", 0.5))
      ask("queue", lambda: client.queues.create(job["group"]["id"], "made-by-a-job"))
      ask("delete", lambda: client.jobs.delete_by_id(other))
      ask("artifact", lambda: client.artifacts.create(job["group"]["id"], other, "file:///x", 1, 1))
      ask("stranger", lambda: stranger.jobs.get_by_id(own))
      ask("wrong password", lambda: stranger.auth.login(name, "guess"))
      ask("logout", client.auth.logout)
      ask("after logout", lambda: client.jobs.get_by_id(own))
      ask("login again", lambda: client.auth.login(name, password))
      print(json.dumps(answers))
      """;

  private final List<LogLine> log = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aPluginReadsAndAddsToItsOwnJobAndChangesNothingElse(DioptraSite site, @TempDir Path folder)
      throws Exception {
    SubmittedJob own = job(site);
    SubmittedJob other = job(site);
    JsonNode answers;
    try (DioptraApi api = api(site);
        JobRelay relay = JobRelay.start(api, Clock.systemUTC())) {
      giveRun(site, api, own);
      try (JobAccess access = relay.open(new JobId(own.id()), log::add)) {
        assertThat(access.variables().get(PASSWORD)).isNotEqualTo(realPassword(site));
        answers = ask(access, folder, own, other);
      }
    }

    assertThat(answers.properties())
        .allSatisfy(
            entry ->
                assertThat(entry.getValue().get(0).intValue())
                    .as(entry.toString())
                    .isEqualTo(expected(entry.getKey())));
    assertThat(answers.get("bundle").get(1).intValue()).isPositive();
    assertThat(own.metrics()).containsEntry("accuracy", 0.5).containsEntry("loss", Double.NaN);
    assertThat(own.logText()).contains("by the client");
    assertThat(other.metrics()).isEmpty();
    assertThat(other.status()).isEqualTo("queued");
    assertThat(log).hasSize(6).allSatisfy(line -> assertThat(line.event()).contains("may not"));
  }

  private static int expected(String what) {
    return switch (what) {
      case "own status", "status", "metric", "queue", "delete", "artifact" -> 403;
      case "stranger", "wrong password", "after logout" -> 401;
      case String _ -> 200;
    };
  }

  private static JsonNode ask(JobAccess access, Path folder, SubmittedJob own, SubmittedJob other)
      throws Exception {
    Path python = PythonEnvironment.named("worker-common").interpreter();
    ProcessBuilder builder =
        new ProcessBuilder(
                python.toString(),
                "-c",
                SCRIPT,
                own.id() + "",
                other.id() + "",
                own.experiment() + "")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(access.variables());
    Process process = builder.start();
    try {
      String answers = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return JsonMapper.shared().readTree(answers);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Metrics are kept in the job's MLflow run. */
  private static void giveRun(DioptraSite site, DioptraApi api, SubmittedJob job) throws Exception {
    try (MlflowTracking tracking =
        new MlflowTracking(TrackingSettings.at(site.mlflow()), PATIENCE, MonotonicClock.system())) {
      api.setMlflowRun(
          new JobId(job.id()), tracking.createRun(Instant.now(), "test", Map.of()).id());
    }
  }

  private static SubmittedJob job(DioptraSite site) throws IOException, InterruptedException {
    DioptraClient client = site.client();
    String unique = "c" + UUID.randomUUID().toString().replace("-", "");
    int plugin =
        client.createPlugin(
            PluginSource.of(unique, "tasks.py", "def greet(name):\n  return name\n")
                .function("greet", List.of("name", "string"), List.of("greeting", "string")));
    int queue = client.createQueue(unique);
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(unique, "greeting:\n  greet: Bob\n").plugins(plugin), queue);
    return client.job(client.createExperiment(unique, entrypoint), entrypoint, queue).submit();
  }

  private static DioptraApi api(DioptraSite site) {
    Map<String, String> environment = site.workerEnvironment();
    return new DioptraApi(
        new ApiSettings(
            site.api(),
            environment.getOrDefault("DIOPTRA_WORKER_USERNAME", ""),
            new Secret(realPassword(site)),
            NetworkSettings.plain()),
        PATIENCE,
        MonotonicClock.system());
  }

  private static String realPassword(DioptraSite site) {
    return site.workerEnvironment().getOrDefault(PASSWORD, "");
  }
}
