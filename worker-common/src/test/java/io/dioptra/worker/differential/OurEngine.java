package io.dioptra.worker.differential;

import io.dioptra.worker.engine.Checked;
import io.dioptra.worker.engine.GraphCheck;
import io.dioptra.worker.engine.GraphWalk;
import io.dioptra.worker.engine.Issue;
import io.dioptra.worker.engine.SaveResult;
import io.dioptra.worker.engine.TaskGraph;
import io.dioptra.worker.engine.WalkResult;
import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.JobSetting;
import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/** Our engine with a real task host, in the order in which the worker uses both. For one thread. */
final class OurEngine implements AutoCloseable {
  /** A host serves some cases: each is prepared anew, which leaves no value of the one before. */
  private static final int CASES_OF_A_HOST = 400;

  private final GraphCheck check = new GraphCheck();
  private final List<LogLine> log = Collections.synchronizedList(new ArrayList<>());
  private final List<SequencedMap<String, Value>> schemas = new ArrayList<>();
  private final TaskHosts hosts;
  private final Path folder;
  private TaskHost host;
  private int runs;

  OurEngine(TaskHosts hosts, Path folder)
      throws IOException, InterruptedException, HostStartException {
    this.hosts = hosts;
    this.folder = folder;
    Folders.copy("tasks.py", folder.resolve("plugins/plug"));
    Folders.copy("artifacts.py", folder.resolve("serialize/art"));
    Folders.copy("artifacts.py", folder.resolve("deserialize/1_2"));
    this.host = newHost();
    for (int site = 0; site < Sites.ALL.size(); site++) {
      schemas.add(prepare(site));
    }
  }

  Answer answer(Case asked) throws InterruptedException, HostStartException {
    return switch (check.check(asked.members(), schemas.get(asked.site()))) {
      case Checked.Invalid(var issues, var _) -> Answer.invalid(texts(issues));
      case Checked.Valid(var graph, var warnings) -> run(asked, graph, texts(warnings));
    };
  }

  private static List<String> texts(List<Issue> issues) {
    return issues.stream().map(Issue::toString).toList();
  }

  private Answer run(Case asked, TaskGraph graph, List<String> warnings)
      throws InterruptedException, HostStartException {
    if (++runs % CASES_OF_A_HOST == 0) {
      host.close();
      host = newHost();
    }
    var _ = prepare(asked.site());
    log.clear();
    Optional<Answer.Told> error = walk(asked, graph);
    return new Answer(
        List.of(),
        warnings,
        Optional.empty(),
        graph.steps(),
        log.stream().map(OurEngine::text).toList(),
        error);
  }

  private Optional<Answer.Told> walk(Case asked, TaskGraph graph) throws InterruptedException {
    Map<String, List<String>> outputs = new LinkedHashMap<>();
    for (Case.Input input : asked.inputs()) {
      switch (host.load(load(input))) {
        case TaskResult.Done<List<String>>(var names) -> outputs.put(input.name(), names);
        case TaskResult.Failed<List<String>>(var failure) -> {
          return Optional.of(told(failure));
        }
      }
    }
    GraphWalk walk =
        new GraphWalk(graph, host, log::add, Clock.systemUTC(), MonotonicClock.system());
    return switch (walk.run(asked.delivered(), outputs)) {
      case WalkResult.Failed(var _, var failure) -> Optional.of(told(failure));
      case WalkResult.Stuck(var message) -> Optional.of(new Answer.Told("", message));
      case WalkResult.Done _ -> walk.save().stream().flatMap(it -> error(it).stream()).findFirst();
    };
  }

  private static Optional<Answer.Told> error(SaveResult result) {
    return switch (result) {
      case SaveResult.Saved _ -> Optional.empty();
      case SaveResult.Failed(var _, var failure) -> Optional.of(told(failure));
      case SaveResult.Stuck(var _, var message) -> Optional.of(new Answer.Told("", message));
    };
  }

  private ArtifactLoad load(Case.Input input) {
    return new ArtifactLoad(
        input.name(),
        folder,
        input.file(),
        "1_2",
        "artifacts.py",
        "Reader",
        input.outputs().size() == 1
            ? new Outputs.One(input.outputs().getFirst())
            : new Outputs.Each(input.outputs()));
  }

  private static Answer.Told told(TaskFailure failure) {
    return switch (failure) {
      case TaskFailure.Raised(var type, var message, var _) ->
          new Answer.Told(type.substring(type.lastIndexOf('.') + 1), message);
      case TaskFailure.Lacked(var _, var raised) -> told(raised);
      case TaskFailure.NotFound(var message) -> new Answer.Told("", message);
      case TaskFailure.CalledExit _, TaskFailure.HostEnded _, TaskFailure.OutOfMemory _ ->
          new Answer.Told("", failure.toString());
    };
  }

  private static String text(LogLine line) {
    String more = line.details().isEmpty() ? "" : "\n" + line.details();
    return "%s %s: %s%s".formatted(line.severity(), line.logger(), line.event(), more);
  }

  private TaskHost newHost() throws InterruptedException, HostStartException {
    return hosts.start(
        new HostOrder(
            new QueueName("differential"),
            log::add,
            _ -> {},
            CompletableFuture.completedFuture(_ -> false)));
  }

  /** Returns the schemas of the artifact tasks. */
  private SequencedMap<String, Value> prepare(int site) throws InterruptedException {
    done(
        host.prepare(
            new JobSetting(
                folder,
                folder.resolve("plugins"),
                folder.resolve("serialize"),
                folder.resolve("deserialize"),
                Map.of(),
                "INFO",
                Optional.empty(),
                OptionalInt.empty())));
    return done(
        host.describe(List.of(new ArtifactModule("art", "artifacts.py", Sites.ALL.get(site)))));
  }

  private static <T> T done(TaskResult<T> result) {
    return switch (result) {
      case TaskResult.Done<T>(T value) -> value;
      case TaskResult.Failed<T>(var failure) -> throw new IllegalStateException(failure.toString());
    };
  }

  @Override
  public void close() {
    host.close();
  }
}
