package io.dioptra.worker.engine;

import java.util.List;
import java.util.Optional;

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
