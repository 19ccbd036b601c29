package io.dioptra.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.ArtifactEntry;
import io.dioptra.worker.api.ArtifactPlugin;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.InputArtifact;
import io.dioptra.worker.api.JobRecord;
import io.dioptra.worker.api.StatusAnswer;
import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.testing.ArtifactStore;
import io.dioptra.worker.testing.DioptraApiVersion;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.JobLogLine;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SiteOf;
import io.dioptra.worker.testing.StoredArtifact;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.tracking.MlflowRun;
import io.dioptra.worker.tracking.MlflowTracking;
import io.dioptra.worker.tracking.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everything a job asks and tells, at the real REST API, MLflow and S3. */
@ExtendWith(SharedSite.class)
class ReportedJobIT {
  private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(20));

  @TempDir Path folder;

  @Test
  void aJobIsReadAndReportedWithArtifactsThroughMlflow(DioptraSite site) throws Exception {
    journey(SiteJobs.on(site), "mlflow-artifacts:/");
  }

  @Test
  void aJobIsReadAndReportedAtTheOlderApiWithArtifactsOnS3(
      @SiteOf(api = DioptraApiVersion.V1_1, artifacts = ArtifactStore.S3, apiThreads = 4)
          DioptraSite site)
      throws Exception {
    journey(SiteJobs.on(site), "s3://mlflow-tracking/artifacts/");
  }

  @Test
  void aStartedJobIsNotStartedAgainAndADeletedOneIsGone(DioptraSite site) throws Exception {
    SiteJobs jobs = SiteJobs.on(site);
    SubmittedJob job = jobs.job().submit();
    try (DioptraApi api = jobs.api()) {
      assertThat(status(api, job, JobStatus.FAILED))
          .isEqualTo(new StatusAnswer.NotAllowed(JobStatus.QUEUED));
      assertThat(status(api, job, JobStatus.STARTED)).isEqualTo(new StatusAnswer.Accepted());
      assertThat(status(api, job, JobStatus.STARTED))
          .isEqualTo(new StatusAnswer.NotAllowed(JobStatus.STARTED));
      assertThat(
              api.setStatus(
                  new ExperimentId(job.experiment()),
                  new JobId(999_999),
                  JobStatus.STARTED,
                  PATIENCE))
          .isInstanceOf(StatusAnswer.Gone.class);
      assertThatThrownBy(() -> api.job(new JobId(999_999)))
          .isInstanceOfSatisfying(
              ApiException.Refused.class,
              e -> {
                assertThat(e.status()).isEqualTo(404);
                assertThat(e.error()).isEqualTo("EntityDoesNotExistError");
              });
    }
  }

  @Test
  void manyJobsAtOnceLoseNothingBehindAServerThatKeepsConnections(
      @SiteOf(api = DioptraApiVersion.V1_1, artifacts = ArtifactStore.S3, apiThreads = 4)
          DioptraSite site)
      throws Exception {
    SiteJobs jobs = SiteJobs.on(site);
    List<SubmittedJob> submitted = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      submitted.add(jobs.job().submit());
    }
    try (DioptraApi api = jobs.api()) {
      List<FutureTask<StatusAnswer>> runs = new ArrayList<>();
      for (SubmittedJob job : submitted) {
        FutureTask<StatusAnswer> run = new FutureTask<>(() -> brief(api, job));
        Thread.ofVirtual().name("run-" + job.id()).start(run);
        runs.add(run);
      }
      for (FutureTask<StatusAnswer> run : runs) {
        assertThat(run.get()).isEqualTo(new StatusAnswer.Accepted());
      }
    }
    for (SubmittedJob job : submitted) {
      assertThat(job.status()).isEqualTo("finished");
      assertThat(job.log()).hasSize(12);
    }
  }

  private StatusAnswer brief(DioptraApi api, SubmittedJob job) throws Exception {
    assertThat(status(api, job, JobStatus.STARTED)).isEqualTo(new StatusAnswer.Accepted());
    try (JobLog log = new JobLog(api, new JobId(job.id()), PATIENCE, folder, Masks.none())) {
      for (int i = 0; i < 12; i++) {
        log.log(LogLine.of(Instant.now(), Severity.INFO, "l", "line " + i));
      }
      assertThat(log.close(Duration.ofSeconds(20))).isZero();
    }
    return status(api, job, JobStatus.FINISHED);
  }

  private void journey(SiteJobs jobs, String store) throws Exception {
    SubmittedJob job = jobs.job().value("name", "Bob").value("big", "inf").submit();
    JobId id = new JobId(job.id());
    try (DioptraApi api = jobs.api();
        MlflowTracking tracking = jobs.tracking();
        JobLog log = new JobLog(api, id, PATIENCE, folder, Masks.none())) {
      assertThat(status(api, job, JobStatus.STARTED)).isEqualTo(new StatusAnswer.Accepted());
      JobRecord record = api.job(id);
      read(api, record, jobs.entrypoint());
      ArtifactPlugin.ArtifactTask task = artifactTask(api, record);
      MlflowRun run = track(api, tracking, id, api.parameters(id));
      assertThat(run.artifactRoot()).startsWith(store);
      store(api, tracking, run, record, task);

      log.log(LogLine.of(Instant.EPOCH, Severity.INFO, "a.tasks", "<b>Hello</b>, <module> & Bob"));
      assertThat(log.close(Duration.ofSeconds(20))).isZero();
      tracking.endRun(run, RunStatus.FINISHED, Instant.now());
      assertThat(
              new StatusReport(api, MonotonicClock.system())
                  .send(
                      new ExperimentId(job.experiment()),
                      id,
                      JobStatus.FINISHED,
                      Duration.ofSeconds(20)))
          .isEqualTo(new StatusAnswer.Accepted());
    }
    assertThat(job.status()).isEqualTo("finished");
    assertThat(job.log())
        .containsExactly(
            new JobLogLine(
                "INFO",
                "a.tasks",
                "1970-01-01T00:00:00.000000Z [info     ] &lt;b&gt;Hello&lt;/b&gt;,"
                    + " &lt;module&gt; &amp; Bob   [a.tasks]"));
    List<StoredArtifact> stored = List.copyOf(job.artifacts().values());
    assertThat(stored).extracting(StoredArtifact::name).containsExactly("out", "many", "big");
    assertThat(stored.get(0).download()).asString(UTF_8).isEqualTo("Hello, Bob");
    assertThat(stored.get(1).isFolder()).isTrue();
    assertThat(stored.get(2).download()).hasSize(9 << 20);
    readBack(jobs, stored.getFirst());
  }

  private void read(DioptraApi api, JobRecord record, int entrypoint) throws Exception {
    assertThat(record.entrypointId()).isEqualTo(entrypoint);
    assertThat(record.status()).isEqualTo(JobStatus.STARTED);
    Optional<Value.Members> rendered = api.renderedConfiguration(record.id());
    assertThat(rendered.isPresent()).isEqualTo(api.version().rendersConfigurations());
    Value.Members configuration =
        rendered.isPresent() ? rendered.get() : api.entrypointConfiguration(record);
    assertThat(configuration.values())
        .containsKeys("types", "parameters", "tasks", "graph", "artifact_outputs");
    assertThat(api.parameters(record.id()))
        .containsEntry("name", new Value.Text("Bob"))
        .containsEntry("big", new Value.Real(Double.POSITIVE_INFINITY));
    assertThat(api.inputArtifacts(record.id())).isEmpty();
    assertThat(api.pluginsBundle(record, folder.resolve("p.tar.gz"))).isNotEmptyFile();
    assertThat(api.artifactPluginsBundle(record, folder.resolve("a.tar.gz"))).isNotEmptyFile();
  }

  private static ArtifactPlugin.ArtifactTask artifactTask(DioptraApi api, JobRecord record)
      throws Exception {
    ArtifactPlugin plugin = api.artifactPlugins(record).getFirst();
    assertThat(plugin.files().getFirst().name()).isEqualTo("tasks.py");
    return plugin.files().getFirst().tasks().getFirst();
  }

  private static MlflowRun track(
      DioptraApi api, MlflowTracking tracking, JobId id, SequencedMap<String, Value> parameters)
      throws Exception {
    MlflowRun run =
        tracking.createRun(Instant.now(), "dioptra-worker-v1", Map.of("dioptra.jobId", id + ""));
    api.setMlflowRun(id, run.id());
    api.setMlflowRun(id, run.id());
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    parameters.forEach((name, value) -> texts.put(name, value.toString()));
    for (int i = 0; i < 120; i++) {
      texts.put("p" + i, "x".repeat(i * 60));
    }
    tracking.logParams(run, texts);
    tracking.logParams(run, texts);
    tracking.setTag(run, "a", "b");
    assertThat(tracking.logText(run, "Hello World", "{}"))
        .isEqualTo(run.artifactRoot() + "/Hello World");
    return run;
  }

  private void store(
      DioptraApi api,
      MlflowTracking tracking,
      MlflowRun run,
      JobRecord record,
      ArtifactPlugin.ArtifactTask task)
      throws Exception {
    Path text = Files.writeString(folder.resolve("out put.txt"), "Hello, Bob");
    Path many = Files.createDirectories(folder.resolve("many"));
    Files.writeString(Files.createDirectory(many.resolve("sub")).resolve("1 \u00e9+&.csv"), "1");
    Files.writeString(many.resolve("2.npy"), "2");
    Path big = Files.write(folder.resolve("big.bin"), new byte[9 << 20]);
    Map<String, Path> outputs = new LinkedHashMap<>();
    outputs.put("out", text);
    outputs.put("many", many);
    outputs.put("big", big);
    long plugin = api.artifactPlugins(record).getFirst().snapshotId();
    for (Map.Entry<String, Path> output : outputs.entrySet()) {
      String uri = tracking.logArtifact(run, output.getValue(), output.getKey());
      assertThat(uri)
          .isEqualTo(
              run.artifactRoot() + "/" + output.getKey() + "/" + output.getValue().getFileName());
      ArtifactEntry entry =
          new ArtifactEntry(record.groupId(), record.id(), uri, plugin, task.id(), "d");
      long registered = api.registerArtifact(entry);
      assertThat(api.registerArtifact(entry)).isEqualTo(registered);
    }
  }

  /** The artifact of one job as the input of another. */
  private void readBack(SiteJobs jobs, StoredArtifact artifact) throws Exception {
    int entrypoint = jobs.readingEntrypoint();
    int experiment = jobs.site().client().createExperiment("e" + entrypoint, entrypoint);
    SubmittedJob reader =
        jobs.site()
            .client()
            .job(experiment, entrypoint, jobs.queue())
            .input("inp", artifact)
            .submit();
    try (DioptraApi api = jobs.api()) {
      InputArtifact input = api.inputArtifacts(new JobId(reader.id())).getFirst();
      assertThat(input.name()).isEqualTo("inp");
      assertThat(input.baseName()).isEqualTo("out put.txt");
      assertThat(input.folder()).isFalse();
      assertThat(input.task().name()).isEqualTo("TextTask");
      assertThat(input.task().outputs()).containsExactly("contents");
      assertThat(api.artifactContents(input, folder.resolve("in"))).hasContent("Hello, Bob");
      assertThat(
              api.pluginBundle(
                  input.task().pluginId(),
                  input.task().pluginSnapshotId(),
                  folder.resolve("d.tar.gz")))
          .isNotEmptyFile();
    }
  }

  private static StatusAnswer status(DioptraApi api, SubmittedJob job, JobStatus status)
      throws Exception {
    return api.setStatus(new ExperimentId(job.experiment()), new JobId(job.id()), status, PATIENCE);
  }
}
