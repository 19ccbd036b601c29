package io.dioptra.worker.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The declarations of tasks: names and types of inputs and outputs, names of plugins. */
final class TaskChecks {
  private final Predicate<String> isType;
  private final List<Issue> issues = new ArrayList<>();

  private TaskChecks(Predicate<String> isType) {
    this.isType = isType;
  }

  static List<Issue> check(Configuration configuration, Predicate<String> isType) {
    TaskChecks checks = new TaskChecks(isType);
    configuration.tasks().forEach(checks::names);
    configuration.tasks().forEach(checks::types);
    configuration.tasks().forEach(checks::plugin);
    return checks.issues;
  }

  private void names(String name, TaskDefinition task) {
    repeated(name, "input", task.inputs().stream().map(TaskInput::name).toList());
    repeated(name, "output", task.outputs().stream().map(NamedType::name).toList());
  }

  private void repeated(String task, String kind, List<String> names) {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        repeated.add(name);
      }
    }
    if (!repeated.isEmpty()) {
      add(task, "some %s names are repeated: %s".formatted(kind, String.join(", ", repeated)));
    }
  }

  private void types(String name, TaskDefinition task) {
    for (TaskInput input : task.inputs()) {
      type(name, "input", input.name(), input.type());
    }
    for (NamedType output : task.outputs()) {
      type(name, "output", output.name(), output.type());
    }
  }

  private void type(String task, String kind, String name, String type) {
    if (!isType.test(type)) {
      add(task, "%s \"%s\" has undefined type: %s".formatted(kind, name, type));
    }
  }

  private void plugin(String name, TaskDefinition task) {
    String plugin = task.plugin();
    if (!plugin.contains(".")) {
      add(name, "plugin ID requires at least one \".\": " + plugin);
    }
    if (List.of(plugin.split("\\.", -1)).contains("")) {
      add(name, "all plugin module components must be of non-zero length: " + plugin);
    }
  }

  private void add(String task, String message) {
    issues.add(Issue.semantic("In task \"%s\": %s".formatted(task, message)));
  }
}
