package io.dioptra.worker.engine;

import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import io.dioptra.worker.task.ValueHandle.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When the values of a run are read for the last time. The readers are the steps in the order in
 * which they run, then the output artifacts. References count as the run resolves them, at any
 * depth. Where a name may stand for two things, both are kept.
 */
final class Releases {
  private record Named(String producer, String output) {}

  private final Map<String, Integer> whole = new HashMap<>();
  private final Map<Named, Integer> outputs = new HashMap<>();
  private final List<List<ValueHandle>> afterReader = new ArrayList<>();

  private Releases() {}

  /** For what has no readers. */
  static Releases none() {
    return new Releases();
  }

  /** Takes the parameters, and the outputs that each input artifact brought. */
  static Releases of(TaskGraph graph, Set<String> parameters, Map<String, List<String>> artifacts) {
    Configuration configuration = graph.configuration();
    Releases releases = new Releases();
    for (Step step : graph.inOrder()) {
      releases.read(step.invocation());
    }
    configuration.artifactOutputs().values().forEach(releases::read);
    parameters.forEach(name -> releases.add(0, new ValueHandle(Origin.PARAMETER, name, "")));
    artifacts.forEach((name, its) -> releases.add(0, Origin.ARTIFACT, name, new HashSet<>(its)));
    int reader = 0;
    for (Step step : graph.inOrder()) {
      releases.add(
          reader++, Origin.STEP, step.name(), namesOf(configuration.taskOf(step).binding()));
    }
    return releases;
  }

  /** What nobody reads after this reader, the unread outputs of the reader itself included. */
  List<ValueHandle> after(int reader) {
    return reader < afterReader.size() ? List.copyOf(afterReader.get(reader)) : List.of();
  }

  private static Set<String> namesOf(Outputs binding) {
    return switch (binding) {
      case Outputs.None _ -> Set.of();
      case Outputs.One(String name) -> Set.of(name);
      case Outputs.Each(var names) -> new HashSet<>(names);
    };
  }

  private void read(Invocation invocation) {
    invocation.args().forEach(this::read);
    invocation.kwargs().values().forEach(this::read);
    afterReader.add(new ArrayList<>());
  }

  private void read(ArtifactOutput artifact) {
    read(artifact.contents());
    afterReader.add(new ArrayList<>());
  }

  /** Recursion is bounded by {@link Nesting}. */
  private void read(Value value) {
    switch (value) {
      case Value.Text(String text) -> read(text);
      case Value.Items(var values) -> values.forEach(this::read);
      case Value.Members(var values) -> values.values().forEach(this::read);
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Reference _ -> {}
    }
  }

  private void read(String text) {
    int reader = afterReader.size();
    Reference.parse(text)
        .ifPresent(
            reference ->
                reference
                    .output()
                    .ifPresentOrElse(
                        output -> outputs.put(new Named(reference.name(), output), reader),
                        () -> whole.put(reference.name(), reader)));
  }

  private void add(int first, Origin origin, String producer, Set<String> names) {
    names.forEach(name -> add(first, new ValueHandle(origin, producer, name)));
  }

  /** Takes the first reader that may release the value. */
  private void add(int first, ValueHandle value) {
    int last =
        Math.max(
            whole.getOrDefault(value.producer(), first),
            outputs.getOrDefault(new Named(value.producer(), value.output()), first));
    afterReader.get(Math.max(first, last)).add(value);
  }
}
