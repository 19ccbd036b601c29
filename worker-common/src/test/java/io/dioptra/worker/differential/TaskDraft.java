package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tasks of a valid configuration. What they do is in {@code tasks.py}. */
final class TaskDraft {
  /** The declaration of a parameter of a task. */
  record Input(String name, String type, boolean required) {}

  /** A task and the types of its outputs by name. */
  record Drafted(String name, List<Input> inputs, SequencedMap<String, String> outputs) {}

  private static final List<String> ODD_RETURNS =
      List.of("number", "text", "empty", "nothing", "generator", "refuses", "mapping", "infinite");

  private final Dice dice;
  private final Names names;
  private final TypeDraft types;
  private final ObjectNode section = Trees.NODES.objectNode();
  private final List<Drafted> drafted = new ArrayList<>();

  TaskDraft(Dice dice, Names names, TypeDraft types, boolean swaps) {
    this.dice = dice;
    this.names = names;
    this.types = types;
    Set<String> taken = new HashSet<>();
    for (int left = 1 + dice.below(4); left > 0; left--) {
      String name = names.freshOrDotted(taken);
      if (!swaps || !name.startsWith("?")) {
        task(name);
      }
    }
    if (drafted.isEmpty()) {
      task("plain");
    }
  }

  ObjectNode section() {
    return section;
  }

  Drafted any() {
    return dice.anyOf(drafted);
  }

  /** So many outputs. */
  SequencedMap<String, String> outputs(int count) {
    Set<String> taken = new HashSet<>();
    SequencedMap<String, String> outputs = new LinkedHashMap<>();
    for (int index = 0; index < count; index++) {
      outputs.put(names.freshOrDotted(taken), types.anyName());
    }
    return outputs;
  }

  /** Outputs as a document declares them. */
  static JsonNode declared(SequencedMap<String, String> outputs, boolean single) {
    List<ObjectNode> each = new ArrayList<>();
    outputs.forEach((name, type) -> each.add(Trees.object(name, Trees.text(type))));
    return single ? each.getFirst() : Trees.array(each);
  }

  private void task(String name) {
    ObjectNode task = section.putObject(name);
    SequencedMap<String, String> outputs = outputs(dice.below(4));
    String module =
        dice.oneIn(60) ? dice.anyOf(List.of("plug.nope.", "nope.tasks.")) : "plug.tasks.";
    task.put("plugin", module + function(outputs.size()));
    List<Input> inputs = inputs();
    if (!inputs.isEmpty() || dice.oneIn(3)) {
      ArrayNode declared = task.putArray("inputs");
      inputs.forEach(input -> declared.add(declared(input)));
    }
    if (!outputs.isEmpty() || dice.oneIn(3)) {
      task.set("outputs", declared(outputs, outputs.size() == 1 && dice.below(3) > 0));
    }
    drafted.add(new Drafted(name, inputs, outputs));
  }

  private String function(int outputs) {
    if (dice.oneIn(8)) {
      return dice.oneIn(8) ? "missing" : dice.anyOf(ODD_RETURNS);
    }
    return switch (outputs) {
      case 0, 1 -> dice.anyOf(List.of("number", "pair", "mapping", "echo", "infinite", "text"));
      case 2 -> dice.oneIn(5) ? "mapping" : "pair";
      default -> dice.oneIn(4) ? "generator" : dice.anyOf(List.of("triple", "text"));
    };
  }

  private List<Input> inputs() {
    Set<String> taken = new HashSet<>();
    List<Input> inputs = new ArrayList<>();
    for (int left = dice.below(4); left > 0; left--) {
      inputs.add(new Input(names.freshOrDotted(taken), types.anyName(), dice.below(3) > 0));
    }
    return inputs;
  }

  private JsonNode declared(Input input) {
    if (input.required() && !input.name().equals("name") && dice.oneIn(2)) {
      return Trees.object(input.name(), Trees.text(input.type()));
    }
    ObjectNode declared = Trees.NODES.objectNode();
    declared.put("name", input.name()).put("type", input.type());
    return !input.required() || dice.oneIn(3)
        ? declared.put("required", input.required())
        : declared;
  }
}
