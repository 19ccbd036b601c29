package io.dioptra.worker.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of a compiled configuration stand in its source. Only steps with swaps, and the
 * tasks made up for them, stand elsewhere.
 */
final class SourcePlaces {
  /**
   * A compiled swap.
   *
   * @param choice where the chosen invocation stands in the source
   * @param task the task that it names
   * @param made the task made up for it; the same where there is no such task
   * @param outputs where the outputs of the task are declared in the source
   */
  record Swap(Place choice, String task, String made, List<Place> outputs) {
    Swap {
      outputs = List.copyOf(outputs);
    }
  }

  private final Map<String, Swap> bySteps = new HashMap<>();
  private final Map<String, Swap> byTasks = new HashMap<>();

  void add(SwapStep step, Swap swap) {
    bySteps.put(step.step(), swap);
    if (!swap.made().equals(swap.task())) {
      byTasks.put(swap.made(), swap);
    }
  }

  /** The place in the source of a place in the compiled configuration. */
  Place of(Place compiled) {
    List<Object> path = compiled.path();
    if (path.size() < 3) {
      return compiled;
    }
    Optional<Place> found =
        switch (String.valueOf(path.getFirst())) {
          case "graph" -> Optional.ofNullable(bySteps.get(path.get(1))).flatMap(s -> step(s, path));
          case "tasks" -> Optional.ofNullable(byTasks.get(path.get(1))).map(s -> task(s, path));
          default -> Optional.empty();
        };
    return found.orElse(compiled);
  }

  /** The dependencies of a step stand beside its swap. */
  private static Optional<Place> step(Swap swap, List<Object> path) {
    Object member = path.get(2);
    if (member.equals("dependencies")) {
      return Optional.empty();
    }
    Object written = member.equals(swap.made()) ? swap.task() : member;
    return Optional.of(swap.choice().then(List.of(written)).then(path.subList(3, path.size())));
  }

  /** A made-up task is a copy of another, but for the names of its outputs. */
  private Place task(Swap swap, List<Object> path) {
    if (!path.get(2).equals("outputs")) {
      return of(Place.of("tasks", swap.task()).then(path.subList(2, path.size())));
    }
    return of(swap.outputs().get(path.get(3) instanceof Integer index ? index : 0));
  }
}
