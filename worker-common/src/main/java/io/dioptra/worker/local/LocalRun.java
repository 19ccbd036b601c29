package io.dioptra.worker.local;

import io.dioptra.worker.engine.GraphWalk;
import io.dioptra.worker.engine.SaveResult;
import io.dioptra.worker.engine.TaskGraph;
import io.dioptra.worker.engine.WalkResult;
import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.JobSetting;
import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.workspace.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/**
 * Runs an entrypoint here, in a folder of its own and on a task host as jobs have it. For one
 * thread; interrupting it ends the run and all its processes.
 */
public final class LocalRun {
  private static final QueueName QUEUE = new QueueName("local");

  private final HostSettings hosts;
  private final Path workFolder;
  private final PrintStream out;
  private final PrintStream err;
  private final Validation validation = new Validation();

  /**
   * @param workFolder below which the run's folder is made, and deleted
   */
  public LocalRun(HostSettings hosts, Path workFolder, PrintStream out, PrintStream err) {
    this.hosts = hosts;
    this.workFolder = workFolder;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it to its end.
   *
   * @return whether it finished; if not, it was told why
   * @throws SourceException if the order does not fit the subject, or a file is missing
   */
  public boolean run(Subject subject, RunOrder order) throws SourceException, InterruptedException {
    Map<String, String> selection = Selection.of(subject, order.swaps());
    Validation.Verdict verdict =
        validation.verdict(subject, selection, ArtifactTasks.allowed(subject, List.of()));
    verdict.findings().stream().map(Finding::toString).forEach(err::println);
    if (verdict.graph().isEmpty()) {
      return false;
    }
    TaskGraph graph = verdict.graph().get();
    SequencedMap<String, Value> parameters = GivenParameters.of(subject, order.parameters());
    try {
      PluginFiles plugins = PluginFiles.of(subject, order.plugins());
      List<ArtifactLoad> inputs =
          new GivenInputs(subject, plugins.modules()).loads(order.inputs(), graph.artifactInputs());
      try (Workspace workspace = Workspace.open(workFolder, "local")) {
        Map<Path, Path> copies = plugins.copy(workspace.plugins(), workspace.serialize());
        Console console = new Console(out, copies, graph.steps().size());
        return run(
            new Job(subject, order, selection, parameters, inputs, plugins), workspace, console);
      }
    } catch (IOException e) {
      err.println("A file could not be read or written: " + e);
      return false;
    }
  }

  private record Job(
      Subject subject,
      RunOrder order,
      Map<String, String> selection,
      SequencedMap<String, Value> parameters,
      List<ArtifactLoad> inputs,
      PluginFiles plugins) {}

  private boolean run(Job job, Workspace workspace, Console console)
      throws IOException, InterruptedException {
    HostOrder order =
        new HostOrder(QUEUE, console, console::say, CompletableFuture.completedFuture(_ -> false));
    try (TaskHosts templates = TaskHosts.open(hosts, workFolder, Clock.systemUTC());
        TaskHost host = templates.start(order)) {
      List<String> kept = runOn(host, job, workspace, console);
      kept.forEach(console::say);
      console.say("The run has finished.");
      return true;
    } catch (HostStartException e) {
      console.say("No Python could be started. " + e.getMessage());
    } catch (RunException e) {
      console.say(String.valueOf(e.getMessage()));
      console.say("The run has failed.");
    }
    return false;
  }

  /** Returns what was kept of the output artifacts, a line each. */
  private List<String> runOn(TaskHost host, Job job, Workspace workspace, Console console)
      throws IOException, InterruptedException, RunException {
    done(host.prepare(setting(job, workspace)), "the preparation of the run");
    SequencedMap<String, Value> schemas =
        done(host.describe(job.plugins().modules()), "the import of the artifact plugins");
    TaskGraph graph = checked(job, schemas);
    Map<String, List<String>> loaded = new LinkedHashMap<>();
    for (ArtifactLoad input : job.inputs()) {
      loaded.put(input.name(), done(host.load(input), "input artifact \"" + input.name() + "\""));
    }
    GraphWalk walk =
        new GraphWalk(graph, host, console, Clock.systemUTC(), MonotonicClock.system());
    switch (walk.run(job.parameters(), loaded)) {
      case WalkResult.Done _ -> {}
      case WalkResult.Failed(String where, var failure) ->
          throw new RunException(FailureText.of(where, failure));
      case WalkResult.Stuck(String message) -> throw new RunException(message);
    }
    List<SaveResult> results = walk.save();
    host.finish();
    return kept(results, job.order().artifactsTo(), console);
  }

  private TaskGraph checked(Job job, SequencedMap<String, Value> schemas) throws RunException {
    Validation.Verdict verdict = validation.verdict(job.subject(), job.selection(), schemas);
    if (verdict.graph().isEmpty()) {
      verdict.findings().stream().map(Finding::toString).forEach(err::println);
      throw new RunException("The artifact plugins do not allow this entrypoint.");
    }
    return verdict.graph().get();
  }

  private static List<String> kept(List<SaveResult> results, Optional<Path> folder, Console console)
      throws IOException, RunException {
    List<String> kept = new ArrayList<>();
    int failed = 0;
    for (SaveResult result : results) {
      switch (result) {
        case SaveResult.Saved(String name, String task, Path path) -> {
          String where =
              folder.isPresent()
                  ? new ArtifactFolder(folder.get()).keep(name, path).toString()
                  : path.getFileName() + ", not kept; --artifacts-to names a folder for it";
          kept.add("artifact \"%s\" by %s: %s".formatted(name, task, where));
        }
        case SaveResult.Failed(String name, var failure) -> {
          failed++;
          console.say(FailureText.of("artifact \"" + name + "\"", failure));
        }
        case SaveResult.Stuck(String name, String message) -> {
          failed++;
          console.say("In artifact \"%s\": %s".formatted(name, message));
        }
      }
    }
    if (failed > 0) {
      kept.forEach(console::say);
      throw new RunException(failed + " of " + results.size() + " artifacts could not be written.");
    }
    return kept;
  }

  private JobSetting setting(Job job, Workspace workspace) throws IOException {
    Map<String, Optional<String>> environment = new LinkedHashMap<>();
    environment.put("__JOB_ID", Optional.of("0"));
    if (hosts.environment().getOrDefault("MLFLOW_TRACKING_URI", "").isEmpty()) {
      Path store = job.order().artifactsTo().orElse(workspace.folder()).resolve("mlruns");
      environment.put(
          "MLFLOW_TRACKING_URI", Optional.of(store.toAbsolutePath().toUri().toString()));
      environment.put("MLFLOW_ALLOW_FILE_STORE", Optional.of("true"));
    }
    return new JobSetting(
        workspace.folder(),
        workspace.plugins(),
        workspace.serialize(),
        workspace.deserialize(),
        environment,
        job.order().logLevel(),
        Optional.empty(),
        OptionalInt.empty());
  }

  private static <T> T done(TaskResult<T> result, String where) throws RunException {
    return switch (result) {
      case TaskResult.Done<T>(T value) -> value;
      case TaskResult.Failed<T>(var failure) ->
          throw new RunException(FailureText.of(where, failure));
    };
  }
}
