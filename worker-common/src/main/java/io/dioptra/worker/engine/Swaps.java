package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** The swaps of a graph: found, counted, and replaced by the one choice that each still holds. */
final class Swaps {
  /** A configuration without swaps. */
  record Compiled(Value.Members configuration, GeneratedNames names) {}

  private final Value.Members source;
  private final SequencedMap<String, Value> tasks;
  private final Map<String, String> shown = new LinkedHashMap<>();

  private Swaps(Value.Members source) {
    this.source = source;
    this.tasks = new LinkedHashMap<>(Fields.of(source).members("tasks"));
  }

  static boolean isSwap(String member) {
    return member.startsWith("?");
  }

  /** Compiles a configuration that fits the schema. */
  static Compiled compile(Value.Members configuration) throws GraphException {
    SequencedMap<String, Value> graph = Fields.of(configuration).members("graph");
    List<SwapStep> steps = SwapStep.allOf(graph);
    if (steps.isEmpty()) {
      return new Compiled(configuration, GeneratedNames.none());
    }
    SwapCheck.check(graph);
    return new Swaps(configuration).compile(graph, steps);
  }

  private Compiled compile(SequencedMap<String, Value> graph, List<SwapStep> steps)
      throws GraphException {
    SequencedMap<String, Value> compiledGraph = new LinkedHashMap<>(graph);
    for (SwapStep step : steps) {
      compiledGraph.put(step.step(), new Value.Members(compile(step)));
    }
    SequencedMap<String, Value> members = new LinkedHashMap<>(source.values());
    members.put("tasks", new Value.Members(tasks));
    members.put("graph", new Value.Members(compiledGraph));
    return new Compiled(new Value.Members(members), new GeneratedNames(shown));
  }

  private SequencedMap<String, Value> compile(SwapStep step) throws GraphException {
    String task = Invocation.of(step.invocation()).task();
    SequencedMap<String, Value> compiled = new LinkedHashMap<>(step.invocation());
    if (step.dependencies().isPresent()) {
      compiled.put("dependencies", step.dependencies().get());
    }
    Value definition = tasks.get(task);
    if (definition == null) {
      return compiled; // The ordinary checks will find that the task is unknown.
    }
    String generated = register(step, task, Fields.membersOf(definition));
    if (compiled.containsKey("task")) {
      compiled.put("task", new Value.Text(generated));
      return compiled;
    }
    // The new name comes last: where references are searched, the order of members counts.
    Value arguments = Objects.requireNonNull(compiled.remove(task));
    compiled.put(generated, arguments);
    return compiled;
  }

  private String register(SwapStep step, String task, SequencedMap<String, Value> definition)
      throws GraphException {
    String generated = step.step() + "_" + task;
    while (tasks.containsKey(generated)) {
      generated += "_";
    }
    tasks.put(generated, new Value.Members(withOutputs(step, task, definition)));
    shown.put(
        generated,
        "%s (step '%s', swap '%s', choice '%s')"
            .formatted(task, step.step(), step.swap(), step.choice()));
    return generated;
  }

  /** Gives the outputs of a task, by position, the names of the swap's interface. */
  private static SequencedMap<String, Value> withOutputs(
      SwapStep step, String task, SequencedMap<String, Value> definition) throws GraphException {
    List<NamedType> outputs =
        new Fields(definition).value("outputs").map(NamedType::allOf).orElse(List.of());
    if (outputs.size() != step.outputs().size()) {
      throw new GraphException(
          "Swap '%s' task '%s' has %d outputs; its interface requires %d."
              .formatted(step.swap(), task, outputs.size(), step.outputs().size()));
    }
    if (outputs.isEmpty()) {
      return definition;
    }
    List<Value> renamed = new ArrayList<>();
    for (int index = 0; index < outputs.size(); index++) {
      SequencedMap<String, Value> output = new LinkedHashMap<>();
      output.put(step.outputs().get(index), new Value.Text(outputs.get(index).type()));
      renamed.add(new Value.Members(output));
    }
    SequencedMap<String, Value> copy = new LinkedHashMap<>(definition);
    boolean several = definition.get("outputs") instanceof Value.Items;
    copy.put("outputs", several ? new Value.Items(renamed) : renamed.getFirst());
    return copy;
  }
}
