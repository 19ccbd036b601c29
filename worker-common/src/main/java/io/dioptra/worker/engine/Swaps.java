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
  record Compiled(Value.Members configuration, GeneratedNames names, SourcePlaces places) {
    /** What was found in the compiled configuration, as its user knows it. */
    Issue inWordsOfTheUser(Issue issue) {
      return issue.with(names.inWordsOfTheUser(issue.message()), places.of(issue.place()));
    }
  }

  private final Value.Members source;
  private final SequencedMap<String, Value> tasks;
  private final Map<String, String> shown = new LinkedHashMap<>();
  private final SourcePlaces places = new SourcePlaces();

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
      return new Compiled(configuration, GeneratedNames.none(), new SourcePlaces());
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
    return new Compiled(new Value.Members(members), new GeneratedNames(shown), places);
  }

  private SequencedMap<String, Value> compile(SwapStep step) throws GraphException {
    Invocation invocation = Invocation.of(step.invocation(), step.choicePlace());
    String task = invocation.task();
    SequencedMap<String, Value> compiled = new LinkedHashMap<>(step.invocation());
    if (step.dependencies().isPresent()) {
      compiled.put("dependencies", step.dependencies().get());
    }
    Value definition = tasks.get(task);
    if (definition == null) {
      // The ordinary checks will find that the task is unknown.
      places.add(step, new SourcePlaces.Swap(step.choicePlace(), task, task, List.of()));
      return compiled;
    }
    List<NamedType> outputs = outputs(step, invocation, Fields.of(definition));
    String generated = register(step, task, withOutputs(step, outputs, definition));
    places.add(
        step,
        new SourcePlaces.Swap(
            step.choicePlace(), task, generated, outputs.stream().map(NamedType::place).toList()));
    if (compiled.containsKey("task")) {
      compiled.put("task", new Value.Text(generated));
      return compiled;
    }
    // The new name comes last: where references are searched, the order of members counts.
    Value arguments = Objects.requireNonNull(compiled.remove(task));
    compiled.put(generated, arguments);
    return compiled;
  }

  private String register(SwapStep step, String task, Value definition) {
    String generated = step.step() + "_" + task;
    while (tasks.containsKey(generated)) {
      generated += "_";
    }
    tasks.put(generated, definition);
    shown.put(
        generated,
        "%s (step '%s', swap '%s', choice '%s')"
            .formatted(task, step.step(), step.swap(), step.choice()));
    return generated;
  }

  private static List<NamedType> outputs(SwapStep step, Invocation invocation, Fields definition)
      throws GraphException {
    Place place = Place.of("tasks", invocation.task(), "outputs");
    List<NamedType> outputs =
        definition.value("outputs").map(value -> NamedType.allOf(value, place)).orElse(List.of());
    if (outputs.size() != step.outputs().size()) {
      throw new GraphException(
          "Swap '%s' task '%s' has %d outputs; its interface requires %d."
              .formatted(step.swap(), invocation.task(), outputs.size(), step.outputs().size()),
          invocation.taskPlace());
    }
    return outputs;
  }

  /** Gives the outputs of a task, by position, the names of the swap's interface. */
  private static Value withOutputs(SwapStep step, List<NamedType> outputs, Value definition) {
    if (outputs.isEmpty()) {
      return definition;
    }
    List<Value> renamed = new ArrayList<>();
    for (int index = 0; index < outputs.size(); index++) {
      SequencedMap<String, Value> output = new LinkedHashMap<>();
      output.put(step.outputs().get(index), new Value.Text(outputs.get(index).type()));
      renamed.add(new Value.Members(output));
    }
    SequencedMap<String, Value> copy = new LinkedHashMap<>(Fields.membersOf(definition));
    boolean several = copy.get("outputs") instanceof Value.Items;
    copy.put("outputs", several ? new Value.Items(renamed) : renamed.getFirst());
    return new Value.Members(copy);
  }
}
