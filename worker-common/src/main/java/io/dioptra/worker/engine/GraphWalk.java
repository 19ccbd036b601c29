package io.dioptra.worker.engine;

import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.task.ArtifactSave;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.Severity;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.TaskRunner;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** One run of a graph: its steps one after the other, then its output artifacts. For one thread. */
public final class GraphWalk {
  /** The name under which Dioptra's engine logs. */
  public static final String LOGGER = "dioptra.task_engine.task_engine";

  private final TaskGraph graph;
  private final TaskRunner runner;
  private final TaskEvents events;
  private final Clock clock;
  private final MonotonicClock monotonic;
  private final SequencedMap<String, Duration> times = new LinkedHashMap<>();
  private KnownValues known = new KnownValues(Set.of(), Map.of());
  private Releases releases = Releases.none();

  public GraphWalk(
      TaskGraph graph,
      TaskRunner runner,
      TaskEvents events,
      Clock clock,
      MonotonicClock monotonic) {
    this.graph = graph;
    this.runner = runner;
    this.events = events;
    this.clock = clock;
    this.monotonic = monotonic;
  }

  /**
   * Makes the parameters known and runs the steps, up to the first that fails. Waits for each.
   *
   * @param parameters the values delivered with the job
   * @param artifacts by name of the input artifacts the outputs they brought
   */
  public WalkResult run(SequencedMap<String, Value> parameters, Map<String, List<String>> artifacts)
      throws InterruptedException {
    ParameterValues completed = ParameterValues.of(graph.configuration().parameters(), parameters);
    if (!completed.missing().isEmpty()) {
      return new WalkResult.Stuck(
          "Missing values for global parameters: " + String.join(", ", completed.missing()));
    }
    if (!completed.unused().isEmpty()) {
      log(
          Severity.WARNING,
          "Some global parameters were unused: " + String.join(", ", completed.unused()));
    }
    known = new KnownValues(completed.values().keySet(), artifacts);
    releases = Releases.of(graph, completed.values().keySet(), artifacts);
    return switch (runner.bind(completed.values())) {
      case TaskResult.Done<List<String>> _ -> runSteps();
      case TaskResult.Failed<List<String>>(var failure) ->
          new WalkResult.Failed("the parameters", shown(failure));
    };
  }

  /**
   * Writes the output artifacts after a run that is done, in the order of the document. One that
   * fails does not keep the others from being written.
   */
  public List<SaveResult> save() throws InterruptedException {
    List<SaveResult> results = new ArrayList<>();
    int reader = graph.steps().size();
    for (var artifact : graph.configuration().artifactOutputs().entrySet()) {
      List<ValueHandle> drop = releases.after(reader++);
      results.add(save(artifact.getKey(), artifact.getValue(), drop));
    }
    return Collections.unmodifiableList(results);
  }

  /** How long each step took that has ended, in their order. */
  public SequencedMap<String, Duration> times() {
    return Collections.unmodifiableSequencedMap(times);
  }

  private WalkResult runSteps() throws InterruptedException {
    int reader = 0;
    for (Step step : graph.inOrder()) {
      log(Severity.INFO, "Running step: " + step.name());
      long begin = monotonic.nanoTime();
      Optional<WalkResult> end = runStep(step, releases.after(reader++));
      Duration time = Duration.ofNanos(monotonic.nanoTime() - begin);
      times.put(step.name(), time);
      log(Severity.INFO, stepEnd(step, end.isEmpty(), reader, time));
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new WalkResult.Done();
  }

  private String stepEnd(Step step, boolean done, int number, Duration time) {
    return String.format(
        Locale.ROOT,
        done ? "Step \"%s\" done: %d of %d, %.2f s" : "Step \"%s\" failed: %d of %d, after %.2f s",
        step.name(),
        number,
        graph.steps().size(),
        time.toNanos() / 1e9);
  }

  /** Returns how the walk ended, if it did. */
  private Optional<WalkResult> runStep(Step step, List<ValueHandle> drop)
      throws InterruptedException {
    String name = step.name();
    Invocation invocation = step.invocation();
    TaskDefinition task = graph.configuration().taskOf(step);
    TaskCall call;
    try {
      call =
          new TaskCall(
              name,
              task.plugin(),
              known.resolveAll(invocation.args()),
              known.resolveAll(invocation.kwargs()),
              task.binding(),
              drop);
    } catch (UnresolvableException e) {
      String message = "In step \"%s\": %s".formatted(name, e.reason());
      return Optional.of(new WalkResult.Stuck(graph.names().inWordsOfTheUser(message)));
    }
    return switch (runner.call(call)) {
      case TaskResult.Done<List<String>>(var outputs) -> {
        if (!(task.binding() instanceof Outputs.None)) {
          known.stepDone(name, outputs);
        }
        yield Optional.empty();
      }
      case TaskResult.Failed<List<String>>(var failure) ->
          Optional.of(new WalkResult.Failed("step \"%s\"".formatted(name), shown(failure)));
    };
  }

  private SaveResult save(String name, ArtifactOutput artifact, List<ValueHandle> drop)
      throws InterruptedException {
    Value contents;
    try {
      contents = known.resolve(new Value.Text(artifact.contents()));
    } catch (UnresolvableException e) {
      return new SaveResult.Stuck(name, e.reason());
    }
    return switch (runner.save(
        new ArtifactSave(name, contents, artifact.task(), artifact.arguments(), drop))) {
      case TaskResult.Done<Path>(var path) -> new SaveResult.Saved(name, artifact.task(), path);
      case TaskResult.Failed<Path>(var failure) -> new SaveResult.Failed(name, shown(failure));
    };
  }

  /** As Dioptra does, an exception that shows a made-up name becomes one that does not. */
  private TaskFailure shown(TaskFailure failure) {
    if (failure instanceof TaskFailure.Raised(var _, String message, String traceback)) {
      String readable = graph.names().inWordsOfTheUser(message);
      if (!readable.equals(message)) {
        return new TaskFailure.Raised(
            "RuntimeError", readable, graph.names().inWordsOfTheUser(traceback));
      }
    }
    return failure;
  }

  private void log(Severity severity, String event) {
    events.log(LogLine.of(clock.instant(), severity, LOGGER, event));
  }
}
