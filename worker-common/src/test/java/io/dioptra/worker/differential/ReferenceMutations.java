package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** References to something else: in arguments, and in the contents of artifacts. */
final class ReferenceMutations {
  static final List<Mutations.Mutation> ALL =
      List.of(
          ReferenceMutations::inArgument,
          ReferenceMutations::inArgument,
          ReferenceMutations::inArgument,
          ReferenceMutations::inArgument,
          ReferenceMutations::inArtifact,
          ReferenceMutations::inArtifact,
          ReferenceMutations::inArtifact,
          ReferenceMutations::artifactTask);

  private ReferenceMutations() {}

  private static boolean inArgument(ObjectNode configuration, Dice dice) {
    Optional<ObjectNode> invocation = Places.any(Places.invocations(configuration), dice);
    if (invocation.isEmpty()) {
      return false;
    }
    JsonNode reference = Trees.text(reference(configuration, dice));
    Optional<ArrayNode> positional = Places.positional(invocation.get());
    if (positional.isPresent() && !positional.get().isEmpty()) {
      int index = dice.below(positional.get().size());
      JsonNode whole = dice.oneIn(3) ? Trees.array(List.of(reference)) : reference;
      positional.get().set(index, whole);
      return true;
    }
    return Places.keyword(invocation.get())
        .filter(it -> !it.isEmpty())
        .map(it -> it.set(dice.anyOf(it.propertyNames()), reference))
        .isPresent();
  }

  private static boolean inArtifact(ObjectNode configuration, Dice dice) {
    ObjectNode artifact = Trees.object("contents", Trees.text(reference(configuration, dice)));
    artifact.putObject("task").put("name", "Plain");
    Places.section(configuration, "artifact_outputs").set("mutant" + dice.below(9), artifact);
    return true;
  }

  private static boolean artifactTask(ObjectNode configuration, Dice dice) {
    ObjectNode artifact = Trees.object("contents", Trees.text("text"));
    ObjectNode task = artifact.putObject("task");
    switch (dice.below(4)) {
      case 0 -> task.put("name", "Unknown");
      case 1 -> task.put("name", "Strict").putObject("args").put("format", "xml");
      case 2 -> task.put("name", "Strict").putObject("args").put("size", -1).put("other", "x");
      default -> task.put("name", "Strict").putObject("args").put("size", 1.5).put("format", 3);
    }
    Places.section(configuration, "artifact_outputs").set("mutant" + dice.below(9), artifact);
    return true;
  }

  /** To anything that has a name, with and without an output. */
  static String reference(ObjectNode configuration, Dice dice) {
    List<String> names = new ArrayList<>(List.of("nope"));
    names.addAll(Places.names(configuration, "parameters"));
    names.addAll(Places.names(configuration, "graph"));
    names.addAll(Places.names(configuration, "graph"));
    names.addAll(Places.names(configuration, "artifact_inputs"));
    names.addAll(Places.names(configuration, "artifact_inputs"));
    String name = dice.anyOf(names);
    return "$"
        + name
        + switch (dice.below(4)) {
          case 0 -> ".nope";
          case 1 -> ".";
          default -> "";
        };
  }
}
