package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values that fit a type: literals, and references to what has that type. */
final class ValueDraft {
  /**
   * What a reference may stand for.
   *
   * @param type the name of its type; empty where it has none
   */
  record Source(String reference, String type) {}

  private final Dice dice;
  private final TypeDraft types;
  private final Literals literals;
  private final List<Source> sources = new ArrayList<>();

  ValueDraft(Dice dice, TypeDraft types, Literals literals) {
    this.dice = dice;
    this.types = types;
    this.literals = literals;
  }

  void add(String reference, String type) {
    sources.add(new Source(reference, type));
  }

  List<Source> sources() {
    return sources;
  }

  /** Without references, for defaults; empty where no literal has the type. */
  Optional<JsonNode> literal(JsonNode type) {
    return fitting(type, 4, false);
  }

  /** With references, for arguments. */
  Optional<JsonNode> argument(JsonNode type) {
    return fitting(type, 4, true);
  }

  private Optional<JsonNode> fitting(JsonNode type, int depth, boolean references) {
    if (depth == 0) {
      return Optional.empty();
    }
    if (references && type.isString()) {
      List<Source> fitting = sources.stream().filter(it -> fits(it, type.stringValue())).toList();
      if (!fitting.isEmpty() && dice.below(3) > 0) {
        return Optional.of(Trees.text("$" + dice.anyOf(fitting).reference()));
      }
    }
    return type.isString()
        ? named(type.stringValue(), depth, references)
        : defined(type, depth, references);
  }

  private static boolean fits(Source source, String type) {
    return type.equals("any")
        || source.type().equals(type)
        || (source.type().equals("integer") && type.equals("number"));
  }

  private Optional<JsonNode> named(String name, int depth, boolean references) {
    JsonNode definition = types.definitionOf(name);
    if (!definition.isMissingNode()) {
      return defined(definition, depth, references);
    }
    return Optional.of(
        switch (name) {
          case "string" -> literals.text();
          case "integer" -> literals.integer();
          case "number" -> dice.oneIn(3) ? literals.integer() : literals.real();
          case "boolean" -> Trees.NODES.booleanNode(dice.oneIn(2));
          case "null" -> Trees.NODES.nullNode();
          default -> anything(references);
        });
  }

  private JsonNode anything(boolean references) {
    JsonNode value = literals.any(3);
    if (!references || sources.isEmpty() || dice.oneIn(3)) {
      return value;
    }
    if (!value.isContainer()) {
      return Trees.text("$" + dice.anyOf(sources).reference());
    }
    JsonNode place = dice.anyOf(Trees.containers(value));
    JsonNode reference = Trees.text("$" + dice.anyOf(sources).reference());
    switch (place) {
      case ArrayNode items -> items.insert(dice.below(items.size() + 1), reference);
      case ObjectNode members -> {
        if (dice.oneIn(20)) {
          members.set("task", Trees.text("quirk"));
        }
        members.set("ref", reference);
      }
      default -> throw new IllegalStateException("no container: " + place);
    }
    return value;
  }

  private Optional<JsonNode> defined(JsonNode definition, int depth, boolean references) {
    if (definition.has("list")) {
      return all(repeated(definition.get("list"), dice.below(4)), depth, references);
    }
    if (definition.has("tuple")) {
      return all(List.copyOf(definition.get("tuple").values()), depth, references);
    }
    if (definition.has("mapping")) {
      return mapping(definition.get("mapping"), depth, references);
    }
    List<JsonNode> members = List.copyOf(definition.path("union").values());
    return members.isEmpty()
        ? Optional.empty()
        : fitting(dice.anyOf(members), depth - 1, references);
  }

  private static List<JsonNode> repeated(JsonNode type, int count) {
    List<JsonNode> repeated = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      repeated.add(type);
    }
    return repeated;
  }

  private Optional<JsonNode> all(List<JsonNode> parts, int depth, boolean references) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode part : parts) {
      Optional<JsonNode> value = fitting(part, depth - 1, references);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(Trees.array(values));
  }

  private Optional<JsonNode> mapping(JsonNode mapping, int depth, boolean references) {
    ObjectNode members = Trees.NODES.objectNode();
    if (mapping.isArray()) {
      if (!mapping.path(0).asString("").equals("string")) {
        return Optional.empty(); // JSON has no integer keys
      }
      for (int left = dice.below(3); left > 0; left--) {
        Optional<JsonNode> value = fitting(mapping.get(1), depth - 1, references);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        members.set("key" + left, value.get());
      }
      return Optional.of(members);
    }
    for (var member : dice.shuffled(mapping.properties())) {
      Optional<JsonNode> value = fitting(member.getValue(), depth - 1, references);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      members.set(member.getKey(), value.get());
    }
    return Optional.of(members);
  }
}
