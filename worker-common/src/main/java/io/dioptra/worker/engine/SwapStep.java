package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A step that holds a swap.
 *
 * @param swap the swap's name with its question mark
 * @param outputs the names of the swap's interface
 * @param choices the alternatives by alias
 */
record SwapStep(
    String step,
    String swap,
    List<String> outputs,
    List<Map.Entry<String, Value>> choices,
    Optional<Value> dependencies) {

  /** All of a graph; a step with several swaps stands for its first. */
  static List<SwapStep> allOf(SequencedMap<String, Value> graph) {
    List<SwapStep> steps = new ArrayList<>();
    graph.forEach(
        (name, body) ->
            Fields.membersOf(body).entrySet().stream()
                .filter(member -> Swaps.isSwap(member.getKey()))
                .findFirst()
                .ifPresent(swap -> steps.add(of(name, swap, Fields.of(body)))));
    return steps;
  }

  private static SwapStep of(String step, Map.Entry<String, Value> swap, Fields body) {
    Fields declaration = Fields.of(swap.getValue());
    List<String> outputs =
        declaration.items("?outputs").stream()
            .map(output -> output instanceof Value.Text(String text) ? text : "")
            .toList();
    List<Map.Entry<String, Value>> choices =
        declaration.values().entrySet().stream()
            .filter(member -> !member.getKey().equals("?outputs"))
            .toList();
    return new SwapStep(step, swap.getKey(), outputs, choices, body.value("dependencies"));
  }

  String choice() {
    return choices.getFirst().getKey();
  }

  /** Where the swap stands. */
  Place place() {
    return Place.of("graph", step, swap);
  }

  /** Where the chosen invocation stands. */
  Place choicePlace() {
    return place().member(choice());
  }

  SequencedMap<String, Value> invocation() {
    return Fields.membersOf(choices.getFirst().getValue());
  }
}
