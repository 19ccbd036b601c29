package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The types of a valid configuration: every form, each defined by those before it. */
final class TypeDraft {
  static final List<String> BUILTIN =
      List.of("any", "string", "integer", "number", "boolean", "null");

  private final Dice dice;
  private final Map<String, JsonNode> definitions = new LinkedHashMap<>();
  private final Set<String> simple = new HashSet<>(BUILTIN);

  TypeDraft(Dice dice, Names names) {
    this.dice = dice;
    Set<String> taken = new HashSet<>(BUILTIN);
    for (int left = dice.below(4); left > 0; left--) {
      String name = names.freshOrDotted(taken);
      JsonNode definition = definition();
      if (isSimple(definition)) {
        simple.add(name);
      }
      definitions.put(name, definition);
    }
  }

  /** The section, in any order. */
  ObjectNode section() {
    ObjectNode section = Trees.NODES.objectNode();
    dice.shuffled(definitions.keySet())
        .forEach(name -> section.set(name, definitionOf(name).deepCopy()));
    return section;
  }

  /** The name of a type. */
  String anyName() {
    if (definitions.isEmpty() || dice.oneIn(2)) {
      return dice.oneIn(3) ? "any" : dice.anyOf(BUILTIN);
    }
    return dice.anyOf(definitions.keySet());
  }

  /** The definition of a type; a missing node for one that is built in. */
  JsonNode definitionOf(String name) {
    return definitions.getOrDefault(name, Trees.NODES.missingNode());
  }

  private static boolean isSimple(JsonNode definition) {
    boolean isEmptyUnion = definition.has("union") && definition.path("union").isEmpty();
    return definition.isNull() || definition.isEmpty() || definition.has("is_a") || isEmptyUnion;
  }

  private JsonNode definition() {
    return switch (dice.below(6)) {
      case 0 -> Trees.NODES.nullNode();
      case 1 ->
          dice.oneIn(4)
              ? Trees.NODES.objectNode()
              : Trees.object("is_a", Trees.text(dice.anyOf(simple)));
      case 2 -> dice.oneIn(6) ? Trees.object("union", Trees.NODES.arrayNode()) : complex(2);
      default -> complex(2);
    };
  }

  /** A name, or a definition in its place. */
  JsonNode nested(int depth) {
    return depth == 0 || dice.below(3) > 0 ? Trees.text(anyName()) : complex(depth - 1);
  }

  private JsonNode complex(int depth) {
    return switch (dice.below(5)) {
      case 0 -> Trees.object("list", nested(depth));
      case 1 -> Trees.object("tuple", several(dice.below(4), depth));
      case 2 -> {
        ArrayNode keyAndValue = Trees.NODES.arrayNode();
        keyAndValue.add(dice.oneIn(4) ? "integer" : "string").add(nested(depth));
        yield Trees.object("mapping", keyAndValue);
      }
      case 3 -> Trees.object("mapping", enumerated(depth));
      default -> Trees.object("union", several(1 + dice.below(3), depth));
    };
  }

  private ArrayNode several(int count, int depth) {
    List<JsonNode> parts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      parts.add(nested(depth));
    }
    return Trees.array(parts);
  }

  private ObjectNode enumerated(int depth) {
    ObjectNode members = Trees.NODES.objectNode();
    for (String name : dice.shuffled(List.of("k", "size", "it's", "ü")).subList(0, dice.below(4))) {
      members.set(name, nested(depth));
    }
    return members;
  }
}
