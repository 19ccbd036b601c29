package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A valid configuration made by chance, with what is delivered to its run. */
final class Draft {
  private final Dice dice;
  private final Names names;
  private final boolean swaps;
  private final List<String> artifactTasks;
  private final Literals literals;
  private final TypeDraft types;
  private final ValueDraft values;
  private final TaskDraft tasks;
  private final ObjectNode parameters = Trees.NODES.objectNode();
  private final ObjectNode delivered = Trees.NODES.objectNode();
  private final SequencedMap<String, JsonNode> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> stepOutputs = new LinkedHashMap<>();
  private final ObjectNode artifactInputs = Trees.NODES.objectNode();
  private final List<Case.Input> inputs = new ArrayList<>();
  private final ObjectNode artifactOutputs = Trees.NODES.objectNode();
  private final Set<String> parametersAndSteps = new HashSet<>();

  /** Takes the classes of the artifact tasks that are registered. */
  Draft(Dice dice, boolean swaps, List<String> artifactTasks) {
    this.dice = dice;
    this.swaps = swaps;
    this.artifactTasks = artifactTasks;
    this.names = new Names(dice);
    this.literals = new Literals(dice, names);
    this.types = new TypeDraft(dice, names);
    this.values = new ValueDraft(dice, types, literals);
    this.tasks = new TaskDraft(dice, names, types, swaps);
    parameters();
    artifactInputs();
    for (int left = 1 + dice.below(dice.oneIn(10) ? 12 : 5); left > 0; left--) {
      step();
    }
    artifactOutputs();
  }

  ObjectNode configuration() {
    SequencedMap<String, ObjectNode> sections = new LinkedHashMap<>();
    sections.put("types", types.section());
    sections.put("parameters", parameters);
    sections.put("tasks", tasks.section());
    sections.put("graph", graph());
    sections.put("artifact_outputs", artifactOutputs);
    sections.put("artifact_inputs", artifactInputs);
    ObjectNode configuration = Trees.NODES.objectNode();
    List<String> order = List.copyOf(sections.keySet());
    for (String section : dice.oneIn(8) ? dice.shuffled(order) : order) {
      ObjectNode members = sections.get(section);
      if (members != null && (!members.isEmpty() || dice.oneIn(2))) {
        configuration.set(section, members);
      }
    }
    return configuration;
  }

  ObjectNode delivered() {
    return delivered;
  }

  List<Case.Input> inputs() {
    return inputs;
  }

  private void parameters() {
    for (int left = dice.below(4); left > 0; left--) {
      String type = dice.oneIn(3) ? "" : types.anyName();
      parameter(type);
    }
    if (dice.oneIn(8)) {
      delivered.set(names.fresh(new HashSet<>(parametersAndSteps)), literals.any(2));
    }
  }

  /** Adds a parameter that a reference can name; the empty type stands for none. */
  private String parameter(String type) {
    String name = names.fresh(parametersAndSteps);
    Optional<JsonNode> fallback =
        type.isEmpty() ? Optional.of(literals.any(3)) : values.literal(Trees.text(type));
    boolean withDefault = type.isEmpty() || (fallback.isPresent() && dice.oneIn(2));
    if (type.isEmpty() && !fallback.orElseThrow().isObject() && dice.oneIn(2)) {
      parameters.set(name, fallback.get());
    } else {
      ObjectNode definition = parameters.putObject(name);
      if (!type.isEmpty()) {
        definition.put("type", type);
      }
      if (withDefault) {
        definition.set("default", fallback.orElseThrow());
      }
    }
    if ((!withDefault && !dice.oneIn(25)) || dice.oneIn(5)) {
      delivered.set(name, literals.any(3));
    }
    if (Names.canBeReferred(name)) {
      values.add(name, type);
    }
    return name;
  }

  private void artifactInputs() {
    Set<String> taken = new HashSet<>(dice.oneIn(10) ? List.of() : parametersAndSteps);
    for (int left = dice.oneIn(2) ? 0 : 1 + dice.below(2); left > 0; left--) {
      artifactInput(names.freshOrDotted(taken));
    }
  }

  private void artifactInput(String name) {
    SequencedMap<String, String> outputs = tasks.outputs(dice.below(4));
    boolean single = outputs.size() == 1 && dice.oneIn(2);
    artifactInputs.set(name, TaskDraft.declared(outputs, single));
    if (Names.canBeReferred(name) && !parameters.has(name)) {
      outputs.forEach((output, type) -> values.add(name + "." + output, type));
      if (outputs.size() == 1) {
        values.add(name, outputs.firstEntry().getValue());
      }
    }
    List<String> brought = new ArrayList<>(outputs.keySet());
    if (dice.oneIn(15) && !brought.isEmpty()) {
      brought.removeLast();
    }
    String file =
        dice.oneIn(12)
            ? dice.anyOf(List.of("text", "number", "broken", "generator"))
            : brought.size() > 2 ? "triple" : "pair";
    if (!dice.oneIn(30)) {
      inputs.add(new Case.Input(name, file, brought));
    }
  }

  private void step() {
    String name = names.fresh(parametersAndSteps);
    TaskDraft.Drafted task = tasks.any();
    SequencedMap<String, JsonNode> positional = new LinkedHashMap<>();
    SequencedMap<String, JsonNode> keyword = new LinkedHashMap<>();
    arguments(task, positional, keyword);
    List<String> outputs = List.copyOf(task.outputs().keySet());
    ObjectNode invocation =
        new InvocationDraft(dice).of(task.name(), List.copyOf(positional.values()), keyword);
    ObjectNode step = invocation;
    if (swaps && dice.oneIn(5)) {
      outputs = dice.shuffled(List.of("r1", "r2", "r.3", "ü")).subList(0, outputs.size());
      step = swap(name, invocation, outputs);
    }
    List<String> before = List.copyOf(steps.keySet());
    if (!before.isEmpty() && dice.oneIn(3)) {
      step = withDependencies(step, before);
    }
    steps.put(name, step);
    stepOutputs.put(name, outputs);
    refer(name, outputs, List.copyOf(task.outputs().values()));
  }

  private void refer(String step, List<String> outputs, List<String> outputTypes) {
    if (!Names.canBeReferred(step)) {
      return;
    }
    for (int index = 0; index < outputs.size(); index++) {
      values.add(step + "." + outputs.get(index), outputTypes.get(index));
    }
    if (outputs.size() == 1) {
      values.add(step, outputTypes.getFirst());
    }
  }

  private void arguments(
      TaskDraft.Drafted task,
      SequencedMap<String, JsonNode> positional,
      SequencedMap<String, JsonNode> keyword) {
    boolean byPosition = dice.below(3) > 0;
    for (TaskDraft.Input input : task.inputs()) {
      byPosition &= dice.below(3) > 0;
      if (!input.required() && dice.oneIn(3)) {
        byPosition = false;
        continue;
      }
      JsonNode type = Trees.text(input.type());
      JsonNode value = values.argument(type).orElseGet(() -> reference(input.type()));
      (byPosition ? positional : keyword).put(input.name(), value);
    }
  }

  /** A reference to a new parameter of a type that has no literals. */
  private JsonNode reference(String type) {
    String name = parameter(type);
    while (!Names.canBeReferred(name)) {
      name = parameter(type);
    }
    return Trees.text("$" + name);
  }

  private ObjectNode swap(String step, ObjectNode invocation, List<String> outputs) {
    ObjectNode swap = Trees.NODES.objectNode();
    ArrayNode interfaceNames = Trees.array(outputs.stream().map(Trees::text).toList());
    boolean first = dice.oneIn(2);
    if (first) {
      swap.set("?outputs", interfaceNames);
    }
    swap.set(dice.anyOf(List.of("one", "task", "choice ü", "it's")), invocation);
    if (!first) {
      swap.set("?outputs", interfaceNames);
    }
    return Trees.object("?" + (dice.oneIn(9) ? names.text() : "sw") + step, swap);
  }

  private ObjectNode withDependencies(ObjectNode step, List<String> before) {
    List<String> chosen = dice.shuffled(before).subList(0, 1 + dice.below(before.size()));
    JsonNode dependencies =
        chosen.size() == 1 && dice.oneIn(2)
            ? Trees.text(chosen.getFirst())
            : Trees.array(chosen.stream().map(Trees::text).toList());
    if (dice.oneIn(2)) {
      return step.set("dependencies", dependencies);
    }
    ObjectNode first = Trees.object("dependencies", dependencies);
    step.properties().forEach(it -> first.set(it.getKey(), it.getValue()));
    return first;
  }

  private ObjectNode graph() {
    ObjectNode graph = Trees.NODES.objectNode();
    List<String> order = List.copyOf(steps.keySet());
    for (String name : dice.oneIn(2) ? dice.shuffled(order) : order) {
      graph.set(name, steps.get(name));
    }
    return graph;
  }

  private void artifactOutputs() {
    if (artifactTasks.isEmpty() || dice.oneIn(2)) {
      return;
    }
    Set<String> taken = new HashSet<>();
    List<ValueDraft.Source> sources = values.sources();
    if (dice.oneIn(2)) {
      // Every value that the run made is told.
      sources.forEach(it -> artifactOutput(names.freshOrDotted(taken), "$" + it.reference()));
    } else {
      artifactOutput(names.freshOrDotted(taken), names.text());
    }
  }

  private void artifactOutput(String name, String contents) {
    if (contents.startsWith("$") && !contents.startsWith("$$") && contents.length() > 1) {
      boolean known =
          values.sources().stream().anyMatch(it -> contents.equals("$" + it.reference()));
      if (!known) {
        return;
      }
    }
    ObjectNode task = Trees.NODES.objectNode();
    String type =
        dice.oneIn(8) && artifactTasks.contains("Broken")
            ? "Broken"
            : dice.oneIn(3) && artifactTasks.contains("Strict") ? "Strict" : "Plain";
    task.put("name", type);
    if (type.equals("Strict")) {
      ObjectNode arguments = task.putObject("args");
      arguments.put("format", dice.oneIn(2) ? "csv" : "json").put("more", "$x");
    } else if (dice.oneIn(3)) {
      task.putObject("args").set("k", literals.any(2));
    }
    ObjectNode artifact = Trees.object("contents", Trees.text(contents));
    artifactOutputs.set(name, artifact.set("task", task));
  }
}
