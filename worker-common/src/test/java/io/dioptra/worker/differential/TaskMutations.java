package io.dioptra.worker.differential;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with the declarations of tasks. */
final class TaskMutations {
  static final List<Mutations.Mutation> ALL =
      List.of(
          TaskMutations::repeatedInput,
          TaskMutations::repeatedOutput,
          TaskMutations::undefinedInput,
          TaskMutations::undefinedOutput,
          TaskMutations::plugin,
          TaskMutations::plugin,
          TaskMutations::otherOutputs,
          TaskMutations::moreInputs);

  private TaskMutations() {}

  private static boolean repeatedInput(ObjectNode configuration, Dice dice) {
    return list(configuration, "inputs", dice)
        .map(
            inputs -> {
              JsonNode first = inputs.isEmpty() ? input("x", "any") : dice.anyOf(inputs.values());
              inputs.add(first.deepCopy());
              inputs.add(first.deepCopy());
              if (dice.oneIn(2)) {
                inputs.add(input("q", "any")).add(input("q", "any"));
              }
              return true;
            })
        .orElse(false);
  }

  private static JsonNode input(String name, String type) {
    return Trees.object(name, Trees.text(type));
  }

  private static boolean repeatedOutput(ObjectNode configuration, Dice dice) {
    return list(configuration, "outputs", dice)
        .map(
            outputs -> {
              JsonNode first = outputs.isEmpty() ? input("o", "any") : dice.anyOf(outputs.values());
              outputs.add(first.deepCopy());
              outputs.add(first.deepCopy());
              return true;
            })
        .orElse(false);
  }

  private static boolean undefinedInput(ObjectNode configuration, Dice dice) {
    Optional<ArrayNode> inputs = list(configuration, "inputs", dice);
    ObjectNode input = Trees.NODES.objectNode();
    input.put("name", "optional").put("type", "nope").put("required", false);
    inputs.ifPresent(it -> it.add(input));
    return inputs.isPresent();
  }

  private static boolean undefinedOutput(ObjectNode configuration, Dice dice) {
    Optional<ArrayNode> outputs = list(configuration, "outputs", dice);
    outputs.ifPresent(it -> it.add(input("more", "nope")));
    return outputs.isPresent();
  }

  private static boolean plugin(ObjectNode configuration, Dice dice) {
    List<String> ids =
        List.of(
            "abc",
            "a..b",
            ".ab",
            "ab.",
            "...",
            "plug.tasks.nope",
            "plug.nope.pair",
            "nope.tasks.pair",
            "nope.pair",
            "plug.pair",
            "tasks.pair",
            "plug.tasks.shown",
            "plug.tasks. pair",
            "ab");
    Optional<ObjectNode> task = Places.anyOf(configuration, "tasks", dice);
    task.ifPresent(it -> it.put("plugin", dice.anyOf(ids)));
    return task.isPresent();
  }

  /** Other outputs than its readers expect. */
  private static boolean otherOutputs(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> task = Places.anyOf(configuration, "tasks", dice);
    if (task.isEmpty()) {
      return false;
    }
    switch (dice.below(5)) {
      case 0 -> task.get().remove("outputs");
      case 2 -> task.get().set("outputs", input("", "any"));
      case 1 -> task.get().putArray("outputs");
      case 3 -> task.get().set("outputs", input("only", "any"));
      default -> task.get().putArray("outputs").add(input("l", "any")).add(input("r", "any"));
    }
    return true;
  }

  private static boolean moreInputs(ObjectNode configuration, Dice dice) {
    Optional<ArrayNode> inputs = list(configuration, "inputs", dice);
    inputs.ifPresent(it -> it.insert(dice.below(it.size() + 1), input("wanted", "any")));
    return inputs.isPresent();
  }

  /** The inputs or outputs of a task as a list. */
  private static Optional<ArrayNode> list(ObjectNode configuration, String what, Dice dice) {
    return Places.anyOf(configuration, "tasks", dice)
        .map(
            task ->
                switch (task.path(what)) {
                  case ArrayNode items -> items;
                  case ObjectNode one -> task.putArray(what).add(one);
                  case JsonNode _ -> task.putArray(what);
                });
  }
}
