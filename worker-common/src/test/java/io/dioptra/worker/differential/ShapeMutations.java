package io.dioptra.worker.differential;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What breaks the schema, mostly, and names that must not be. */
final class ShapeMutations {
  static final List<Mutations.Mutation> ALL =
      List.of(
          ShapeMutations::anything,
          ShapeMutations::lost,
          ShapeMutations::added,
          ShapeMutations::doubled,
          ShapeMutations::shuffled,
          ShapeMutations::section,
          ShapeMutations::section,
          ShapeMutations::blankName,
          ShapeMutations::blankName,
          ShapeMutations::dottedName,
          ShapeMutations::dottedName,
          ShapeMutations::strangeStep);

  private static final List<String> SECTIONS = List.of("types", "parameters", "tasks", "graph");

  private ShapeMutations() {}

  private static JsonNode value(Dice dice) {
    return new Literals(dice, new Names(dice)).any(2);
  }

  /** Puts any value in the place of another. */
  private static boolean anything(ObjectNode configuration, Dice dice) {
    switch (dice.anyOf(Trees.containers(configuration))) {
      case ObjectNode members when !members.isEmpty() ->
          members.set(dice.anyOf(members.propertyNames()), value(dice));
      case ArrayNode items when !items.isEmpty() ->
          items.set(dice.below(items.size()), value(dice));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean lost(ObjectNode configuration, Dice dice) {
    switch (dice.anyOf(Trees.containers(configuration))) {
      case ObjectNode members when !members.isEmpty() ->
          members.remove(dice.anyOf(members.propertyNames()));
      case ArrayNode items when !items.isEmpty() -> items.remove(dice.below(items.size()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean added(ObjectNode configuration, Dice dice) {
    switch (dice.anyOf(Trees.containers(configuration))) {
      case ObjectNode members -> members.set(new Names(dice).text(), value(dice));
      case ArrayNode items -> items.insert(dice.below(items.size() + 1), value(dice));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Puts a part of the document in the place of another. */
  private static boolean doubled(ObjectNode configuration, Dice dice) {
    List<JsonNode> containers = Trees.containers(configuration);
    JsonNode copy = dice.anyOf(containers).deepCopy();
    if (!(dice.anyOf(containers) instanceof ObjectNode members) || members.isEmpty()) {
      return false;
    }
    members.set(dice.anyOf(members.propertyNames()), copy);
    return true;
  }

  private static boolean shuffled(ObjectNode configuration, Dice dice) {
    if (!(dice.anyOf(Trees.containers(configuration)) instanceof ArrayNode items)
        || items.size() < 2) {
      return false;
    }
    List<JsonNode> shuffled = dice.shuffled(items.values());
    items.removeAll();
    items.addAll(shuffled);
    return true;
  }

  private static boolean section(ObjectNode configuration, Dice dice) {
    String section = dice.anyOf(configuration.propertyNames());
    switch (dice.below(4)) {
      case 0 -> configuration.remove(section);
      case 1 -> configuration.set(section, value(dice));
      case 2 -> configuration.putObject(section);
      default -> configuration.set("unknown", value(dice));
    }
    return true;
  }

  private static boolean blankName(ObjectNode configuration, Dice dice) {
    return renamed(configuration, dice, List.of("", " ", "\t\n", "\u00a0", "\u2003 ", "\u001c"));
  }

  private static boolean dottedName(ObjectNode configuration, Dice dice) {
    return renamed(configuration, dice, List.of("a.b", ".", "x.", ".y"));
  }

  private static boolean renamed(ObjectNode configuration, Dice dice, List<String> to) {
    String section = dice.anyOf(SECTIONS);
    List<String> names = Places.names(configuration, section);
    if (names.isEmpty()) {
      return false;
    }
    Places.rename(Places.section(configuration, section), dice.anyOf(names), dice.anyOf(to));
    return true;
  }

  private static boolean strangeStep(ObjectNode configuration, Dice dice) {
    List<String> steps = Places.names(configuration, "graph");
    if (steps.isEmpty()) {
      return false;
    }
    JsonNode step =
        switch (dice.below(5)) {
          case 0 -> Trees.object("dependencies", Trees.NODES.arrayNode());
          case 1 -> Trees.object("task", Trees.text(""));
          case 2 -> Trees.object("?t", Trees.NODES.numberNode(1));
          case 3 -> Trees.object("dependencies", Trees.NODES.objectNode());
          default -> Trees.NODES.objectNode();
        };
    Places.section(configuration, "graph").set(dice.anyOf(steps), step);
    return true;
  }
}
