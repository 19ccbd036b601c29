package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a mutation may change; nothing where an earlier one has left something else. */
final class Places {
  private Places() {}

  static List<String> names(ObjectNode configuration, String section) {
    return configuration.path(section) instanceof ObjectNode members
        ? List.copyOf(members.propertyNames())
        : List.of();
  }

  /** One object of a section, for example one task. */
  static Optional<ObjectNode> anyOf(ObjectNode configuration, String section, Dice dice) {
    return any(
        configuration.path(section).values().stream()
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .toList(),
        dice);
  }

  static <T> Optional<T> any(List<T> choices, Dice dice) {
    return choices.isEmpty() ? Optional.empty() : Optional.of(dice.anyOf(choices));
  }

  /** The section, which is made where it is missing. */
  static ObjectNode section(ObjectNode configuration, String section) {
    return configuration.path(section) instanceof ObjectNode members
        ? members
        : configuration.putObject(section);
  }

  /** The objects that call a task: steps, and the choices of their swaps. */
  static List<ObjectNode> invocations(ObjectNode configuration) {
    List<ObjectNode> invocations = new ArrayList<>();
    for (JsonNode step : configuration.path("graph").values()) {
      List<ObjectNode> choices = choices(step);
      if (!choices.isEmpty()) {
        invocations.addAll(choices);
      } else if (step instanceof ObjectNode object) {
        invocations.add(object);
      }
    }
    return invocations;
  }

  private static List<ObjectNode> choices(JsonNode step) {
    return step.properties().stream()
        .filter(member -> member.getKey().startsWith("?"))
        .flatMap(member -> member.getValue().values().stream())
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /** The name of the task that an invocation calls. */
  static String task(ObjectNode invocation) {
    return invocation.has("task")
        ? invocation.path("task").asString("")
        : invocation.propertyNames().stream()
            .filter(name -> !name.equals("dependencies"))
            .findFirst()
            .orElse("");
  }

  /** The arguments by position, as a list that can be changed; empty where there is none. */
  static Optional<ArrayNode> positional(ObjectNode invocation) {
    String member = invocation.has("task") ? "args" : task(invocation);
    return switch (invocation.path(member)) {
      case ArrayNode items -> Optional.of(items);
      case ObjectNode _ -> Optional.empty();
      case JsonNode scalar -> {
        ArrayNode items = Trees.NODES.arrayNode();
        if (!scalar.isMissingNode()) {
          items.add(scalar);
        } else if (!member.equals("args")) {
          yield Optional.empty();
        }
        invocation.set(member, items);
        yield Optional.of(items);
      }
    };
  }

  /** The arguments by keyword, as an object that can be changed. */
  static Optional<ObjectNode> keyword(ObjectNode invocation) {
    String member = invocation.has("task") ? "kwargs" : task(invocation);
    JsonNode found = invocation.path(member);
    if (found.isMissingNode() && member.equals("kwargs")) {
      return Optional.of(invocation.putObject(member));
    }
    return found instanceof ObjectNode members ? Optional.of(members) : Optional.empty();
  }

  /** Writes an invocation in the mixed form. */
  static void mix(ObjectNode invocation) {
    String task = task(invocation);
    if (invocation.has("task") || task.isEmpty()) {
      return;
    }
    JsonNode arguments = invocation.remove(task);
    invocation.put("task", task);
    invocation.set(arguments.isObject() ? "kwargs" : "args", arguments);
  }

  /** Gives a member of an object another name and leaves it in its place. */
  static void rename(ObjectNode object, String from, String to) {
    SequencedMap<String, JsonNode> before = Trees.copy(object);
    object.removeAll();
    before.forEach((name, value) -> object.set(name.equals(from) ? to : name, value));
  }
}
