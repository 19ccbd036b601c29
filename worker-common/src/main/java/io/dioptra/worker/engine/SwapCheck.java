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
    Map<String, Integer> uses = new LinkedHashMap<>();
    List<Issue> issues = new ArrayList<>();
    graph.forEach(
        (step, body) -> {
          List<String> swaps =
              Fields.membersOf(body).sequencedKeySet().stream().filter(Swaps::isSwap).toList();
          swaps.forEach(swap -> uses.merge(swap.substring(1), 1, Integer::sum));
          if (swaps.size() > 1) {
            issues.add(several(step, swaps));
          }
        });
    List<Issue> all = new ArrayList<>(repeated(uses));
    all.addAll(issues);
    if (!all.isEmpty()) {
      throw new GraphException(
          "Invalid swaps: " + all.stream().map(Issue::toString).collect(Collectors.joining("; ")));
    }
    for (SwapStep step : SwapStep.allOf(graph)) {
      if (step.choices().size() != 1) {
        throw new GraphException(
            "Swap '%s' requires exactly one selected choice.".formatted(step.swap().substring(1)));
      }
    }
  }

  private static List<Issue> repeated(Map<String, Integer> uses) {
    return uses.entrySet().stream()
        .filter(use -> use.getValue() > 1)
        .map(
            use ->
                Issue.semantic(
                    "Duplicate swap name '%s' found in task graph (appears %d times)."
                        .formatted(use.getKey(), use.getValue())))
        .toList();
  }

  private static Issue several(String step, List<String> swaps) {
    return Issue.semantic(
        "Step '%s' contains multiple swaps (%s). Each step may contain only one swap."
            .formatted(step, String.join(", ", swaps)));
  }
}
