package io.dioptra.worker.run;

import io.dioptra.worker.api.InputArtifact;
import io.dioptra.worker.api.StatusAnswer;
import io.dioptra.worker.config.JobSecrets;
import io.dioptra.worker.engine.Checked;
import io.dioptra.worker.engine.GraphCheck;
import io.dioptra.worker.engine.GraphWalk;
import io.dioptra.worker.engine.SaveResult;
import io.dioptra.worker.engine.TaskGraph;
import io.dioptra.worker.engine.WalkResult;
import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.JobCode;
import io.dioptra.worker.host.JobSetting;
import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.host.usage.UsageWatch;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.JobOutcome.Failed;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.relay.JobAccess;
import io.dioptra.worker.report.JobLog;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.run.Crew.Errand;
import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.telemetry.PhaseTimes;
import io.dioptra.worker.workspace.JobReach;
import io.dioptra.worker.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * The phases of one attempt, from the claim in Dioptra to the last artifact, in the order in which
 * they are read. Used by one thread, once.
 */
final class Attempt {
  private final Assignment assignment;
  private final JobTicket ticket;
  private final Neighbours neighbours;
  private final AttemptSettings settings;
  private final GraphCheck check;
  private final Scene scene;

  /** What one attempt has for itself. */
  record Scene(
      Workspace workspace,
      Crew crew,
      JobLog log,
      Interruption interruption,
      PhaseTimes times,
      Clock clock,
      MonotonicClock monotonic) {}

  /** Set once Dioptra knows of the attempt; from then on it has to be given an end. */
  private boolean begun;

  private Optional<TrackedRun> tracked = Optional.empty();
  private Optional<TaskHost> started = Optional.empty();
  private Optional<UsageWatch> watch = Optional.empty();
  private Optional<GraphWalk> walked = Optional.empty();

  Attempt(
      Assignment assignment,
      Neighbours neighbours,
      AttemptSettings settings,
      GraphCheck check,
      Scene scene) {
    this.assignment = assignment;
    this.ticket = assignment.ticket();
    this.neighbours = neighbours;
    this.settings = settings;
    this.check = check;
    this.scene = scene;
  }

  boolean begun() {
    return begun;
  }

  Optional<TrackedRun> tracked() {
    return tracked;
  }

  /** What it has used until its end; empty if it did not come to run anything. */
  Optional<JobUsage> usage() {
    return started.map(
        host ->
            new JobUsage(
                watch.map(UsageWatch::peakMemory).orElse(0L),
                host.processorTime(),
                walked.map(GraphWalk::times).orElseGet(LinkedHashMap::new)));
  }

  /**
   * Runs all phases. What only reads, and the host without the job's code, starts with the claim.
   */
  JobOutcome run() throws Exception {
    CompletableFuture<JobCode> code = new CompletableFuture<>();
    Errand<TaskHost> starting = scene.crew().send(() -> startHost(code));
    try (JobAccess access = neighbours.access().open(ticket.job(), scene.log())) {
      scene.log().mask(JobSecrets.in(access.variables()));
      Errand<Material> gathering = scene.crew().send(() -> gather(code));
      begin();
      AttemptLog log = new AttemptLog(scene.log(), scene.clock());
      assignment.notes().forEach(log::warning);
      scene.times().end("begin");
      TrackedRun run = TrackedRun.create(neighbours.tracking(), ticket.job(), scene.clock());
      tracked = Optional.of(run);
      run.announce(neighbours.api(), ticket.job(), scene.crew());
      scene.times().end("track");
      TaskHost host = starting.result();
      started = Optional.of(host);
      watch = Optional.of(watch(host));
      giveFolder();
      done(host.prepare(setting(run, access)), "the preparation of the job");
      scene.times().end("host");
      Material material = gathering.result();
      JobFiles.write(scene.workspace(), ticket, material);
      giveFolder();
      run.record(material, scene.crew());
      scene.times().end("fetch");
      return runTasks(host, material, run);
    } finally {
      code.completeExceptionally(new CancellationException("the attempt is over"));
      closeHost(starting);
      watch.ifPresent(UsageWatch::close);
    }
  }

  private UsageWatch watch(TaskHost host) {
    return UsageWatch.start(
        ticket.job().toString(),
        host::processes,
        scene.workspace().folder(),
        settings.limits(),
        excess -> scene.interruption().order(Failures.of(excess)));
  }

  /** Job code writes where it works, as it does where it is the worker's own user. */
  private void giveFolder() throws IOException {
    if (settings.user().isPresent()) {
      scene.workspace().giveTo(settings.user().get());
    }
  }

  private Material gather(CompletableFuture<JobCode> code) throws Exception {
    Material material =
        new Gathering(neighbours.api(), scene.workspace(), scene.crew()).gather(ticket.job());
    code.complete(scene.workspace()::codeNames);
    return material;
  }

  private TaskHost startHost(CompletableFuture<JobCode> code) throws Exception {
    AttemptLog log = new AttemptLog(scene.log(), scene.clock());
    TaskHost host =
        neighbours.hosts().start(new HostOrder(ticket.queue(), scene.log(), log::info, code));
    scene.interruption().reaches(host);
    return host;
  }

  private void begin() throws Exception {
    StatusAnswer answer =
        neighbours
            .api()
            .setStatus(
                ticket.experiment(),
                ticket.job(),
                JobStatus.STARTED,
                Patience.of(settings.lastWord()));
    begun =
        switch (answer) {
          case StatusAnswer.Accepted _ -> true;
          case StatusAnswer.NotAllowed(JobStatus current) ->
              throw refused("its status is \"" + current.word() + "\", not \"queued\"");
          case StatusAnswer.Gone(String message) -> throw refused("it is not there: " + message);
        };
  }

  private AttemptException refused(String why) {
    String message = "Dioptra does not let job %s start, because %s.".formatted(ticket.job(), why);
    return new AttemptException(new Failed(FailureKind.INPUT, message));
  }

  private JobOutcome runTasks(TaskHost host, Material material, TrackedRun run) throws Exception {
    if (scene.workspace().codeMentions("mlflow")) {
      done(host.resume(run.run().id()), "the start of the MLflow run");
    }
    SequencedMap<String, Value> schemas =
        done(host.describe(material.artifactModules()), "the import of the artifact plugins");
    JobFiles.writeSchema(scene.workspace(), check.schemaText(schemas));
    TaskGraph graph = checked(material, schemas);
    Map<String, List<String>> inputs = load(host, material.inputs());
    scene.times().end("prepare");
    GraphWalk walk = new GraphWalk(graph, host, scene.log(), scene.clock(), scene.monotonic());
    walked = Optional.of(walk);
    Optional<Failed> failure = failure(walk.run(material.parameters(), inputs));
    scene.times().end("run");
    List<SaveResult> saved = failure.isEmpty() ? walk.save() : List.of();
    if (!saved.isEmpty()) {
      JobFiles.writeResults(scene.workspace(), saved, material);
    }
    watch.ifPresent(UsageWatch::look);
    // What is published must not change any more; without artifacts nobody has to wait for that.
    Errand<TaskHost> leaving = scene.crew().send(() -> finished(host));
    if (!saved.isEmpty()) {
      var _ = leaving.result();
    }
    Optional<Failed> unpublished =
        new Publication(
                neighbours.api(),
                neighbours.tracking(),
                new JobReach(settings.user()),
                scene.crew())
            .publish(saved, run, material);
    Optional<Failed> unrecorded = recorded(run);
    var _ = leaving.result();
    scene.times().end("publish");
    return failure
        .or(() -> unpublished)
        .or(() -> unrecorded)
        .<JobOutcome>map(it -> it)
        .orElseGet(JobOutcome.Finished::new);
  }

  private static TaskHost finished(TaskHost host) throws InterruptedException {
    host.finish();
    return host;
  }

  /** What the job itself did wrong says more than what went wrong beside it. */
  private static Optional<Failed> recorded(TrackedRun run) throws InterruptedException {
    try {
      run.awaitRecorded();
      return Optional.empty();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Optional.of(Failures.of(e));
    }
  }

  private JobSetting setting(TrackedRun run, JobAccess access) {
    Workspace workspace = scene.workspace();
    Map<String, Optional<String>> environment = new LinkedHashMap<>();
    assignment.variables().forEach((name, value) -> environment.put(name, Optional.of(value)));
    settings
        .user()
        .ifPresent(_ -> environment.put("HOME", Optional.of(workspace.folder().toString())));
    environment.put("__JOB_ID", Optional.of(ticket.job().toString()));
    environment.put("RQ_JOB_ID", Optional.of(ticket.job().toString()));
    environment.put("MLFLOW_RUN_ID", Optional.of(run.run().id()));
    access.variables().forEach((name, value) -> environment.put(name, Optional.of(value)));
    return new JobSetting(
        workspace.folder(),
        workspace.plugins(),
        workspace.serialize(),
        workspace.deserialize(),
        environment,
        settings.logLevel(),
        settings.user(),
        settings.limits().openFiles());
  }

  private TaskGraph checked(Material material, SequencedMap<String, Value> schemas)
      throws AttemptException {
    AttemptLog log = new AttemptLog(scene.log(), scene.clock());
    return switch (check.check(material.configuration(), schemas)) {
      case Checked.Valid(TaskGraph graph, var warnings) -> {
        warnings.forEach(log::issue);
        yield graph;
      }
      case Checked.Invalid(var issues, String summary) -> {
        issues.forEach(log::issue);
        throw new AttemptException(new Failed(FailureKind.INPUT, summary));
      }
    };
  }

  private Map<String, List<String>> load(TaskHost host, List<InputArtifact> inputs)
      throws Exception {
    Map<String, List<String>> outputs = new LinkedHashMap<>();
    for (InputArtifact input : inputs) {
      InputArtifact.ReadingTask task = input.task();
      ArtifactLoad load =
          new ArtifactLoad(
              input.name(),
              scene.workspace().artifact(input.id(), input.snapshotId()),
              input.baseName(),
              InputFiles.packageName(task),
              task.file(),
              task.name(),
              task.outputs().size() == 1
                  ? new Outputs.One(task.outputs().getFirst())
                  : new Outputs.Each(task.outputs()));
      outputs.put(input.name(), done(host.load(load), "input artifact \"" + input.name() + "\""));
    }
    return outputs;
  }

  private static Optional<Failed> failure(WalkResult result) {
    return switch (result) {
      case WalkResult.Done _ -> Optional.empty();
      case WalkResult.Failed(String where, var failure) -> Optional.of(Failures.of(failure, where));
      case WalkResult.Stuck(String message) -> Optional.of(new Failed(FailureKind.INPUT, message));
    };
  }

  private static <T> T done(TaskResult<T> result, String where) throws AttemptException {
    return switch (result) {
      case TaskResult.Done<T>(T value) -> value;
      case TaskResult.Failed<T>(var failure) ->
          throw new AttemptException(Failures.of(failure, where));
    };
  }

  /** The host may still be starting when an attempt has failed already. */
  private static void closeHost(Errand<TaskHost> starting) {
    try {
      starting.result().close();
    } catch (InterruptedException _) {
      starting.future().cancel(true);
      Thread.currentThread().interrupt();
    } catch (Exception _) {
      // It never started; whoever waited for it has been told.
    }
  }
}
