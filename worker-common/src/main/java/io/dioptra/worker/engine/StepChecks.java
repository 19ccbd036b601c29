package io.dioptra.worker.engine;

import java.util.List;

/** Whether each step is a call of one known task. */
final class StepChecks {
  private StepChecks() {}

  /** The form of the steps. */
  static List<Issue> form(Configuration configuration) {
    return configuration.steps().values().stream()
        .filter(Step::ambiguous)
        .map(
            step ->
                issue(
                    step,
                    step.place(),
                    "illegal task invocation: A positional/keyword short form step definition must"
                        + " be an object which includes a property whose name is the task plugin"
                        + " short name."))
        .toList();
  }

  static List<Issue> unknownTasks(Configuration configuration) {
    return configuration.steps().values().stream()
        .filter(step -> !configuration.tasks().containsKey(step.invocation().task()))
        .map(
            step ->
                issue(
                    step,
                    step.invocation().taskPlace(),
                    "unrecognized task plugin: " + step.invocation().task()))
        .toList();
  }

  static List<Issue> unknownDependencies(Configuration configuration) {
    return configuration.steps().values().stream()
        .flatMap(step -> unknownDependencies(step, configuration).stream())
        .toList();
  }

  private static List<Issue> unknownDependencies(Step step, Configuration configuration) {
    List<String> unknown =
        step.dependencies().names().stream()
            .distinct()
            .filter(dependency -> !configuration.steps().containsKey(dependency))
            .toList();
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            issue(
                step,
                step.dependencies().placeOf(unknown.getFirst()),
                "unrecognized dependency step(s): " + String.join(", ", unknown)));
  }

  static Issue issue(Step step, Place place, String message) {
    return Issue.semantic("In step \"%s\": %s".formatted(step.name(), message), place);
  }
}
