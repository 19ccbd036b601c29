package io.dioptra.worker.engine;

import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The swaps of an entrypoint as its author writes them, with all their choices. A job's
 * configuration holds one choice of each. Takes any configuration, also one that breaks the schema.
 */
public final class SwapChoices {
  private static final String OUTPUTS = "?outputs";

  private final Value.Members configuration;
  private final List<SwapStep> steps;

  public SwapChoices(Value.Members configuration) {
    this.configuration = configuration;
    this.steps = SwapStep.allOf(Fields.of(configuration).members("graph"));
  }

  /** The aliases of each swap, by its name without the question mark. */
  public SequencedMap<String, List<String>> aliases() {
    SequencedMap<String, List<String>> aliases = new LinkedHashMap<>();
    for (SwapStep step : steps) {
      aliases.put(name(step), step.choices().stream().map(Map.Entry::getKey).toList());
    }
    return aliases;
  }

  /**
   * The selections that Dioptra checks before it stores an entrypoint: the first choice of each
   * swap, then each other choice beside the first ones of the other swaps.
   */
  public List<SequencedMap<String, String>> selections() {
    SequencedMap<String, List<String>> aliases = aliases();
    SequencedMap<String, String> first = new LinkedHashMap<>();
    aliases.forEach(
        (swap, choices) -> choices.stream().findFirst().ifPresent(it -> first.put(swap, it)));
    List<SequencedMap<String, String>> selections = new ArrayList<>(List.of(first));
    aliases.forEach(
        (swap, choices) ->
            choices.stream()
                .skip(1)
                .forEach(
                    alias -> {
                      SequencedMap<String, String> other = new LinkedHashMap<>(first);
                      other.put(swap, alias);
                      selections.add(other);
                    }));
    return selections;
  }

  /** The configuration with one choice in each swap that is selected; the others are as before. */
  public Value.Members choose(Map<String, String> selection) {
    if (steps.isEmpty()) {
      return configuration;
    }
    SequencedMap<String, Value> graph =
        new LinkedHashMap<>(Fields.of(configuration).members("graph"));
    for (SwapStep step : steps) {
      String alias = selection.get(name(step));
      if (alias != null) {
        graph.computeIfPresent(
            step.step(),
            (_, body) -> replaced(body, step.swap(), swap -> only(swap, Set.of(OUTPUTS, alias))));
      }
    }
    return replaced(configuration, "graph", _ -> new Value.Members(graph));
  }

  /**
   * What Dioptra finds wrong with the choices taken together, of a configuration that fits the
   * schema: outputs of different types, and a cycle that some selection would close.
   */
  public List<Issue> check() {
    List<Issue> issues = new ArrayList<>();
    for (SwapStep step : steps) {
      Set<String> types = outputTypes(step);
      if (types.size() > 1) {
        issues.add(
            Issue.type(
                "Swap '%s' contains mismatched output types: {%s}"
                    .formatted(step.swap(), String.join(", ", types)),
                step.place()));
      }
    }
    cycle().ifPresent(issues::add);
    return issues;
  }

  /** The types of the outputs of each choice, as Python shows a tuple of them; each once. */
  private Set<String> outputTypes(SwapStep step) {
    SequencedMap<String, Value> tasks = Fields.of(configuration).members("tasks");
    Set<String> types = new LinkedHashSet<>();
    for (Map.Entry<String, Value> choice : step.choices()) {
      Value task =
          tasks.get(Invocation.of(Fields.membersOf(choice.getValue()), step.place()).task());
      if (task != null) {
        List<String> outputs =
            Fields.of(task)
                .value("outputs")
                .map(value -> NamedType.allOf(value, Place.ROOT))
                .orElse(List.of())
                .stream()
                .map(output -> PythonText.quote(output.type()))
                .toList();
        types.add("(" + String.join(", ", outputs) + (outputs.size() == 1 ? ",)" : ")"));
      }
    }
    return types;
  }

  private Optional<Issue> cycle() {
    Ordering ordering = new Ordering();
    SequencedMap<String, Value> graph = Fields.of(configuration).members("graph");
    graph.forEach(
        (step, body) -> {
          ordering.mention(step);
          needs(body, Place.of("graph", step)).stream()
              .filter(graph::containsKey)
              .forEach(needed -> ordering.needs(step, needed));
        });
    return ordering.result() instanceof Ordering.Result.Cycle(var names)
        ? Optional.of(
            Issue.semantic(
                "Step cycle detected: " + String.join(" > ", names),
                Place.of("graph", names.getFirst())))
        : Optional.empty();
  }

  private static Set<String> needs(Value body, Place place) {
    Set<String> needs = new TreeSet<>();
    Fields fields = Fields.of(body);
    SequencedMap<String, Value> own = new LinkedHashMap<>();
    fields
        .items("dependencies")
        .forEach(
            dependency -> {
              if (dependency instanceof Value.Text(String text)) {
                needs.add(text);
              }
            });
    fields
        .values()
        .forEach(
            (name, value) -> {
              if (Swaps.isSwap(name)) {
                Fields.membersOf(value).entrySet().stream()
                    .filter(choice -> !choice.getKey().equals(OUTPUTS))
                    .forEach(choice -> needs.addAll(referred(choice.getValue(), place)));
              } else if (!name.equals("dependencies")) {
                own.put(name, value);
              }
            });
    needs.addAll(referred(new Value.Members(own), place));
    return needs;
  }

  private static Set<String> referred(Value invocation, Place place) {
    Set<String> names = new LinkedHashSet<>();
    ReferenceSearch.in(invocation, place).forEach(found -> names.add(found.reference().name()));
    return names;
  }

  private static Value.Members replaced(Value object, String name, UnaryOperator<Value> change) {
    SequencedMap<String, Value> members = new LinkedHashMap<>(Fields.membersOf(object));
    members.computeIfPresent(name, (_, value) -> change.apply(value));
    return new Value.Members(members);
  }

  private static Value only(Value object, Set<String> names) {
    SequencedMap<String, Value> members = new LinkedHashMap<>(Fields.membersOf(object));
    members.keySet().retainAll(names);
    return new Value.Members(members);
  }

  private static String name(SwapStep step) {
    return step.swap().substring(1);
  }
}
