package io.dioptra.worker.differential;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with swaps. */
final class SwapMutations {
  static final List<Mutations.Mutation> ALL =
      List.of(
          SwapMutations::anotherSwap,
          SwapMutations::sameName,
          SwapMutations::anotherChoice,
          SwapMutations::noChoice,
          SwapMutations::otherOutputs,
          SwapMutations::otherOutputs,
          SwapMutations::emptyChoice,
          SwapMutations::generatedNameTaken);

  private SwapMutations() {}

  private static List<ObjectNode> steps(ObjectNode configuration) {
    return configuration.path("graph").values().stream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .filter(step -> swapOf(step).isPresent())
        .toList();
  }

  private static Optional<String> swapOf(ObjectNode step) {
    return step.properties().stream()
        .filter(it -> it.getKey().startsWith("?") && it.getValue().isObject())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The declaration of a swap. */
  private static Optional<ObjectNode> any(ObjectNode configuration, Dice dice) {
    return Places.any(steps(configuration), dice)
        .map(step -> (ObjectNode) step.get(swapOf(step).orElseThrow()));
  }

  private static boolean anotherSwap(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> step = Places.any(steps(configuration), dice);
    step.ifPresent(it -> it.set("?more", it.get(swapOf(it).orElseThrow()).deepCopy()));
    return step.isPresent();
  }

  private static boolean sameName(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> step = Places.any(steps(configuration), dice);
    step.ifPresent(
        it -> {
          String swap = swapOf(it).orElseThrow();
          ObjectNode copy = Trees.object(swap, it.get(swap).deepCopy());
          Places.section(configuration, "graph").set("copy" + dice.below(9), copy);
        });
    return step.isPresent();
  }

  private static boolean anotherChoice(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> swap = any(configuration, dice);
    swap.ifPresent(it -> it.putObject("other").put("task", "x"));
    return swap.isPresent();
  }

  private static boolean noChoice(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> swap = any(configuration, dice);
    swap.ifPresent(it -> it.retain("?outputs"));
    return swap.isPresent();
  }

  private static boolean otherOutputs(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> swap = any(configuration, dice);
    swap.ifPresent(
        it -> {
          ArrayNode outputs = it.putArray("?outputs");
          for (int left = dice.below(4); left > 0; left--) {
            outputs.add("out" + (dice.oneIn(12) ? 0 : left));
          }
        });
    return swap.isPresent();
  }

  private static boolean emptyChoice(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> swap = any(configuration, dice);
    JsonNode dependencies = Trees.text("s");
    swap.ifPresent(
        it -> {
          it.retain("?outputs");
          it.set("one", Trees.object("dependencies", dependencies));
        });
    return swap.isPresent();
  }

  /** A task that has the name which the compiling would make up. */
  private static boolean generatedNameTaken(ObjectNode configuration, Dice dice) {
    List<String> tasks = Places.names(configuration, "tasks");
    List<String> steps = Places.names(configuration, "graph");
    if (tasks.isEmpty() || steps.isEmpty()) {
      return false;
    }
    JsonNode task = configuration.path("tasks").path(dice.anyOf(tasks)).deepCopy();
    Places.section(configuration, "tasks").set(dice.anyOf(steps) + "_" + dice.anyOf(tasks), task);
    return true;
  }
}
