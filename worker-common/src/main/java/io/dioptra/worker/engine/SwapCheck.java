package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What must hold of a graph's swaps before they can be compiled. */
final class SwapCheck {
  private SwapCheck() {}

  static void check(SequencedMap<String, Value> graph) throws GraphException {
    Map<String, List<Place>> uses = new LinkedHashMap<>();
    List<Issue> several = new ArrayList<>();
    graph.forEach(
        (step, body) -> {
          List<String> swaps =
              Fields.membersOf(body).sequencedKeySet().stream().filter(Swaps::isSwap).toList();
          for (String swap : swaps) {
            uses.computeIfAbsent(swap.substring(1), _ -> new ArrayList<>())
                .add(Place.of("graph", step, swap));
          }
          if (swaps.size() > 1) {
            several.add(several(step, swaps));
          }
        });
    List<Issue> issues = new ArrayList<>(repeated(uses));
    issues.addAll(several);
    if (!issues.isEmpty()) {
      throw new GraphException(
          "Invalid swaps: "
              + issues.stream().map(Issue::toString).collect(Collectors.joining("; ")),
          issues.getFirst().place());
    }
    for (SwapStep step : SwapStep.allOf(graph)) {
      if (step.choices().size() != 1) {
        throw new GraphException(
            "Swap '%s' requires exactly one selected choice.".formatted(step.swap().substring(1)),
            step.place());
      }
    }
  }

  private static List<Issue> repeated(Map<String, List<Place>> uses) {
    return uses.entrySet().stream()
        .filter(use -> use.getValue().size() > 1)
        .map(
            use ->
                Issue.semantic(
                    "Duplicate swap name '%s' found in task graph (appears %d times)."
                        .formatted(use.getKey(), use.getValue().size()),
                    use.getValue().get(1)))
        .toList();
  }

  private static Issue several(String step, List<String> swaps) {
    return Issue.semantic(
        "Step '%s' contains multiple swaps (%s). Each step may contain only one swap."
            .formatted(step, String.join(", ", swaps)),
        Place.of("graph", step, swaps.get(1)));
  }
}
