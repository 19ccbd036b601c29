package io.dioptra.worker.differential;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with steps: their form, names, tasks, numbers of arguments and dependencies. */
final class StepMutations {
  static final List<Mutations.Mutation> ALL =
      List.of(
          StepMutations::twoTasks,
          StepMutations::sameNames,
          StepMutations::unknownTask,
          StepMutations::tooMany,
          StepMutations::unknownKeyword,
          StepMutations::twice,
          StepMutations::fewer,
          StepMutations::unknownDependency,
          StepMutations::circle,
          StepMutations::circle,
          StepMutations::looksLikeAStep,
          StepMutations::looksLikeAStep);

  private StepMutations() {}

  private static boolean any(ObjectNode configuration, Dice dice, Predicate<ObjectNode> change) {
    return Places.any(Places.invocations(configuration), dice).filter(change).isPresent();
  }

  private static boolean twoTasks(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> step = Places.anyOf(configuration, "graph", dice);
    step.ifPresent(
        it -> it.set("second", dice.oneIn(2) ? Trees.NODES.objectNode() : Trees.text("x")));
    return step.isPresent();
  }

  private static boolean sameNames(ObjectNode configuration, Dice dice) {
    List<String> steps = Places.names(configuration, "graph");
    if (steps.isEmpty()) {
      return false;
    }
    ObjectNode parameters = Places.section(configuration, "parameters");
    for (String step : dice.shuffled(steps).subList(0, 1 + dice.below(Math.min(2, steps.size())))) {
      parameters.put(step, 1);
    }
    return true;
  }

  private static boolean unknownTask(ObjectNode configuration, Dice dice) {
    return any(
        configuration,
        dice,
        invocation -> {
          String other = dice.anyOf(List.of("nope", "No task", "s_one"));
          if (invocation.has("task")) {
            invocation.put("task", other);
          } else {
            Places.rename(invocation, Places.task(invocation), other);
          }
          return true;
        });
  }

  private static boolean tooMany(ObjectNode configuration, Dice dice) {
    return any(
        configuration,
        dice,
        invocation ->
            Places.positional(invocation)
                .map(items -> items.add(1).add(2).add(3).add(4))
                .isPresent());
  }

  private static boolean unknownKeyword(ObjectNode configuration, Dice dice) {
    return any(
        configuration,
        dice,
        invocation ->
            Places.keyword(invocation)
                .map(members -> members.put(new Names(dice).text() + "z", 1))
                .isPresent());
  }

  private static boolean twice(ObjectNode configuration, Dice dice) {
    return any(
        configuration,
        dice,
        invocation -> {
          JsonNode task = configuration.path("tasks").path(Places.task(invocation));
          JsonNode first = task.path("inputs").path(0);
          if (!(first instanceof ObjectNode input) || input.isEmpty()) {
            return false;
          }
          String name = input.path("name").asString(input.propertyNames().iterator().next());
          Places.mix(invocation);
          Places.keyword(invocation).ifPresent(it -> it.put(name, 1));
          Places.positional(invocation).filter(ArrayNode::isEmpty).ifPresent(it -> it.add(1));
          return true;
        });
  }

  private static boolean fewer(ObjectNode configuration, Dice dice) {
    return any(
        configuration,
        dice,
        invocation -> {
          Optional<ArrayNode> positional = Places.positional(invocation);
          if (positional.isPresent() && !positional.get().isEmpty()) {
            positional.get().remove(positional.get().size() - 1);
            return true;
          }
          return Places.keyword(invocation)
              .filter(it -> !it.isEmpty())
              .map(it -> it.remove(dice.anyOf(it.propertyNames())))
              .isPresent();
        });
  }

  private static boolean unknownDependency(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> step = Places.anyOf(configuration, "graph", dice);
    List<String> unknown = List.of("nope", "also not", "$nope", "", "$$");
    step.ifPresent(
        it -> {
          if (dice.oneIn(2)) {
            it.put("dependencies", dice.anyOf(unknown));
          } else {
            ArrayNode dependencies = it.putArray("dependencies");
            dependencies.add(dice.anyOf(unknown)).add(dice.anyOf(unknown)).add("nope");
          }
        });
    return step.isPresent();
  }

  /** Steps that need each other, or one that needs itself. */
  private static boolean circle(ObjectNode configuration, Dice dice) {
    List<String> steps = Places.names(configuration, "graph");
    if (steps.isEmpty()) {
      return false;
    }
    List<String> some = dice.shuffled(steps).subList(0, 1 + dice.below(Math.min(4, steps.size())));
    for (int index = 0; index < some.size(); index++) {
      String next = some.get((index + 1) % some.size());
      if (configuration.path("graph").path(some.get(index)) instanceof ObjectNode step) {
        if (dice.oneIn(3)) {
          step.put("dependencies", next);
        } else {
          step.putArray("dependencies").add(next).add(next);
        }
      }
    }
    return true;
  }

  /** An argument that the search for references takes for a step. */
  private static boolean looksLikeAStep(ObjectNode configuration, Dice dice) {
    List<String> steps = Places.names(configuration, "graph");
    return any(
        configuration,
        dice,
        invocation -> {
          ObjectNode quirk = Trees.NODES.objectNode();
          quirk.put("task", "t");
          String reference = "$" + (dice.oneIn(3) ? "nope" : dice.anyOf(steps));
          switch (dice.below(5)) {
            case 0 -> quirk.putArray("args").add(reference);
            case 1 -> quirk.putObject("kwargs").put("k", reference);
            case 2 -> quirk.put("kwargs", dice.oneIn(2) ? "" : "text");
            default -> quirk.put("v", reference);
          }
          Optional<ArrayNode> positional = Places.positional(invocation);
          if (positional.isPresent() && !positional.get().isEmpty()) {
            positional.get().set(dice.below(positional.get().size()), quirk);
            return true;
          }
          return Places.keyword(invocation)
              .filter(it -> !it.isEmpty())
              .map(it -> it.set(dice.anyOf(it.propertyNames()), quirk))
              .isPresent();
        });
  }
}
