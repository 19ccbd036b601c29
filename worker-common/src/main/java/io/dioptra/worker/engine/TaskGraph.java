package io.dioptra.worker.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A graph of tasks that has passed all checks. */
public final class TaskGraph {
  private final Configuration configuration;
  private final List<String> order;
  private final GeneratedNames names;

  TaskGraph(Configuration configuration, List<String> order, GeneratedNames names) {
    this.configuration = configuration;
    this.order = List.copyOf(order);
    this.names = names;
  }

  /** The names of the steps in the order in which they run. */
  public List<String> steps() {
    return order;
  }

  /** The names of the output artifacts in the order in which they are written. */
  public List<String> artifactOutputs() {
    return List.copyOf(configuration.artifactOutputs().sequencedKeySet());
  }

  /** By step the steps that it needs, in the order in which they are named; each once. */
  public SequencedMap<String, List<String>> needs() {
    SequencedMap<String, List<String>> needs = new LinkedHashMap<>();
    for (Step step : inOrder()) {
      Stream<String> referred =
          step.references().stream()
              .map(found -> found.reference().name())
              .filter(configuration.steps()::containsKey);
      needs.put(
          step.name(),
          Stream.concat(referred, step.dependencies().names().stream()).distinct().toList());
    }
    return needs;
  }

  /** The names of the input artifacts that a run has to be given. */
  public List<String> artifactInputs() {
    return List.copyOf(configuration.artifactInputs().sequencedKeySet());
  }

  /** The steps in the order in which they run. */
  List<Step> inOrder() {
    return order.stream()
        .map(name -> Optional.ofNullable(configuration.steps().get(name)).orElseThrow())
        .toList();
  }

  Configuration configuration() {
    return configuration;
  }

  GeneratedNames names() {
    return names;
  }
}
