package io.dioptra.worker.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The declarations of tasks: names and types of inputs and outputs, names of plugins. */
final class TaskChecks {
  private final Predicate<String> isType;
  private final IssueList issues = new IssueList();

  private TaskChecks(Predicate<String> isType) {
    this.isType = isType;
  }

  static List<Issue> check(Configuration configuration, Predicate<String> isType) {
    TaskChecks checks = new TaskChecks(isType);
    configuration.tasks().forEach(checks::names);
    configuration.tasks().forEach(checks::types);
    configuration.tasks().forEach(checks::plugin);
    return checks.issues.all();
  }

  private void names(String name, TaskDefinition task) {
    repeated(name, "input", task.inputs(), TaskInput::name, TaskInput::place);
    repeated(name, "output", task.outputs(), NamedType::name, NamedType::place);
  }

  private <T> void repeated(
      String task,
      String kind,
      List<T> declared,
      Function<T, String> nameOf,
      Function<T, Place> placeOf) {
    Set<String> seen = new HashSet<>();
    SequencedMap<String, Place> repeated = new LinkedHashMap<>();
    for (T declaration : declared) {
      String name = nameOf.apply(declaration);
      if (!seen.add(name)) {
        repeated.putIfAbsent(name, placeOf.apply(declaration));
      }
    }
    if (!repeated.isEmpty()) {
      add(
          task,
          repeated.firstEntry().getValue(),
          "some %s names are repeated: %s".formatted(kind, String.join(", ", repeated.keySet())));
    }
  }

  private void types(String name, TaskDefinition task) {
    for (TaskInput input : task.inputs()) {
      type(name, "input", new NamedType(input.name(), input.type(), input.typePlace()));
    }
    for (NamedType output : task.outputs()) {
      type(name, "output", output);
    }
  }

  private void type(String task, String kind, NamedType declared) {
    if (!isType.test(declared.type())) {
      add(
          task,
          declared.place(),
          "%s \"%s\" has undefined type: %s".formatted(kind, declared.name(), declared.type()));
    }
  }

  private void plugin(String name, TaskDefinition task) {
    String plugin = task.plugin();
    Place place = Place.of("tasks", name, "plugin");
    if (!plugin.contains(".")) {
      add(name, place, "plugin ID requires at least one \".\": " + plugin);
    }
    if (List.of(plugin.split("\\.", -1)).contains("")) {
      add(name, place, "all plugin module components must be of non-zero length: " + plugin);
    }
  }

  private void add(String task, Place place, String message) {
    issues.add(Issue.semantic("In task \"%s\": %s".formatted(task, message), place));
  }
}
