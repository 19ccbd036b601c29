package io.dioptra.worker.differential;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with types, defaults and the types of arguments. */
final class TypeMutations {
  static final List<Mutations.Mutation> ALL =
      List.of(
          TypeMutations::undefinedInParameter,
          TypeMutations::undefinedInArtifact,
          TypeMutations::undefinedInDefinition,
          TypeMutations::circle,
          TypeMutations::structuredSuperType,
          TypeMutations::builtinRedefined,
          TypeMutations::keyType,
          TypeMutations::namelessSimpleType,
          TypeMutations::unionWithDuplicates,
          TypeMutations::unionWithDuplicates,
          TypeMutations::anotherDefault,
          TypeMutations::anotherDefault,
          TypeMutations::anotherInputType,
          TypeMutations::anotherInputType,
          TypeMutations::anotherArgument,
          TypeMutations::anotherArgument,
          TypeMutations::longText);

  private TypeMutations() {}

  private static JsonNode undefined(Dice dice) {
    return Trees.text(dice.anyOf(List.of("nope", "Any", "str", "", "List[int]")));
  }

  private static ObjectNode types(ObjectNode configuration) {
    return Places.section(configuration, "types");
  }

  /** A name of a type that a mutation brings. */
  private static String fresh(ObjectNode configuration, Dice dice) {
    return "new" + dice.below(100) + "_" + types(configuration).size();
  }

  private static boolean undefinedInParameter(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> parameter = Places.anyOf(configuration, "parameters", dice);
    parameter.ifPresent(it -> it.set("type", undefined(dice)));
    return parameter.isPresent();
  }

  private static boolean undefinedInArtifact(ObjectNode configuration, Dice dice) {
    ObjectNode inputs = Places.section(configuration, "artifact_inputs");
    inputs.set("artifact" + dice.below(9), Trees.object("out", undefined(dice)));
    return true;
  }

  private static boolean undefinedInDefinition(ObjectNode configuration, Dice dice) {
    JsonNode nope = undefined(dice);
    JsonNode definition =
        switch (dice.below(6)) {
          case 0 -> Trees.object("is_a", nope);
          case 1 -> Trees.object("list", nope);
          case 2 -> Trees.object("tuple", Trees.array(List.of(nope, Trees.text("any"), nope)));
          case 3 -> Trees.object("mapping", Trees.object("k", nope));
          case 4 -> Trees.object("mapping", Trees.array(List.of(Trees.text("string"), nope)));
          default -> Trees.object("union", Trees.array(List.of(Trees.object("list", nope), nope)));
        };
    types(configuration).set(fresh(configuration, dice), definition);
    return true;
  }

  private static boolean circle(ObjectNode configuration, Dice dice) {
    ObjectNode types = types(configuration);
    int length = 1 + dice.below(4);
    String base = fresh(configuration, dice);
    for (int index = 0; index < length; index++) {
      JsonNode next = Trees.text(base + (index + 1) % length);
      JsonNode definition =
          dice.oneIn(2)
              ? Trees.object("list", next)
              : Trees.object("union", Trees.array(List.of(Trees.text("string"), next)));
      types.set(base + index, definition);
    }
    return true;
  }

  private static boolean structuredSuperType(ObjectNode configuration, Dice dice) {
    String parent = fresh(configuration, dice);
    types(configuration).set(parent, Trees.object("list", Trees.text("any")));
    types(configuration).set(parent + "x", Trees.object("is_a", Trees.text(parent)));
    return true;
  }

  private static boolean builtinRedefined(ObjectNode configuration, Dice dice) {
    JsonNode definition =
        dice.oneIn(2) ? Trees.NODES.nullNode() : Trees.object("list", Trees.text("boolean"));
    types(configuration).set(dice.anyOf(TypeDraft.BUILTIN), definition);
    return true;
  }

  private static boolean keyType(ObjectNode configuration, Dice dice) {
    ArrayNode mapping = Trees.NODES.arrayNode();
    mapping.add(dice.oneIn(2) ? Trees.text("number") : Trees.object("list", Trees.text("any")));
    JsonNode definition = Trees.object("mapping", mapping.add("any"));
    types(configuration).set(fresh(configuration, dice), definition);
    return true;
  }

  private static boolean namelessSimpleType(ObjectNode configuration, Dice dice) {
    JsonNode empty = Trees.object("union", Trees.NODES.arrayNode());
    types(configuration).set(fresh(configuration, dice), Trees.object("list", empty));
    return true;
  }

  /** A type whose text doubles with each definition. */
  private static boolean longText(ObjectNode configuration, Dice dice) {
    String base = fresh(configuration, dice);
    JsonNode last = Trees.text("integer");
    for (int index = 0; index < 9; index++) {
      types(configuration)
          .set(base + index, Trees.object("tuple", Trees.array(List.of(last, last))));
      last = Trees.text(base + index);
    }
    ObjectNode parameter = Places.section(configuration, "parameters").putObject(base);
    parameter.set("type", last);
    parameter.put("default", 1);
    return true;
  }

  private static boolean unionWithDuplicates(ObjectNode configuration, Dice dice) {
    JsonNode member =
        dice.oneIn(2) ? Trees.text("string") : Trees.object("list", Trees.text("integer"));
    JsonNode other = dice.oneIn(2) ? member : Trees.text("null");
    ArrayNode members = Trees.array(dice.shuffled(List.of(member, member, other, other)));
    types(configuration).set(fresh(configuration, dice), Trees.object("union", members));
    return true;
  }

  private static boolean anotherDefault(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> parameter = Places.anyOf(configuration, "parameters", dice);
    JsonNode value = new Literals(dice, new Names(dice)).any(3);
    parameter.ifPresent(it -> it.set("default", value));
    if (parameter.isPresent() && dice.oneIn(2)) {
      parameter.get().set("type", Trees.text(anyType(configuration, dice)));
    }
    return parameter.isPresent();
  }

  private static String anyType(ObjectNode configuration, Dice dice) {
    List<String> defined = Places.names(configuration, "types");
    return defined.isEmpty() || dice.oneIn(2) ? dice.anyOf(TypeDraft.BUILTIN) : dice.anyOf(defined);
  }

  private static boolean anotherInputType(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> task = Places.anyOf(configuration, "tasks", dice);
    if (task.isEmpty() || !(task.get().path("inputs") instanceof ArrayNode inputs)) {
      return false;
    }
    if (inputs.isEmpty() || !(dice.anyOf(inputs.values()) instanceof ObjectNode input)) {
      return false;
    }
    String member = input.has("name") ? "type" : dice.anyOf(input.propertyNames());
    input.put(member, anyType(configuration, dice));
    return true;
  }

  private static boolean anotherArgument(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> invocation = Places.any(Places.invocations(configuration), dice);
    if (invocation.isEmpty()) {
      return false;
    }
    JsonNode value = new Literals(dice, new Names(dice)).any(3);
    for (int depth = dice.oneIn(8) ? dice.below(60) : 0; depth > 0; depth--) {
      value = dice.oneIn(3) ? Trees.object("k", value) : Trees.array(List.of(value));
    }
    return replaced(invocation.get(), value, dice);
  }

  /** Puts a value in the place of an argument. */
  private static boolean replaced(ObjectNode invocation, JsonNode value, Dice dice) {
    Optional<ArrayNode> positional = Places.positional(invocation);
    if (positional.isPresent() && !positional.get().isEmpty()) {
      positional.get().set(dice.below(positional.get().size()), value);
      return true;
    }
    Optional<ObjectNode> keyword = Places.keyword(invocation);
    keyword
        .filter(it -> !it.isEmpty())
        .ifPresent(it -> it.set(dice.anyOf(it.propertyNames()), value));
    return keyword.isPresent();
  }
}
