package io.dioptra.worker.engine;

import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** Whether the arguments of each step go to the inputs of its task, by number and name. */
final class ArgumentChecks {
  private final Step step;
  private final SequencedMap<String, TaskInput> inputs;
  private final IssueList issues;

  private ArgumentChecks(Step step, TaskDefinition task, IssueList issues) {
    this.issues = issues;
    this.step = step;
    this.inputs = task.inputsByName();
  }

  /** Needs a task for each step. */
  static List<Issue> check(Configuration configuration) {
    IssueList issues = new IssueList();
    for (Step step : configuration.steps().values()) {
      TaskDefinition task =
          Objects.requireNonNull(configuration.tasks().get(step.invocation().task()));
      new ArgumentChecks(step, task, issues).check();
    }
    return issues.all();
  }

  private void check() {
    Invocation invocation = step.invocation();
    int given = invocation.args().size();
    if (given > inputs.size()) {
      add(
          invocation.placeOfArg(inputs.size()),
          "there are more positional args given than task parameters: %d > %d"
              .formatted(given, inputs.size()));
    }
    for (String keyword : invocation.kwargs().keySet()) {
      if (!inputs.containsKey(keyword)) {
        add(
            invocation.kwargsPlace().member(keyword),
            "keyword arg does not correspond to a task parameter: " + keyword);
      }
    }
    twice(given);
    missing(given);
  }

  private void twice(int given) {
    int position = 0;
    for (String input : inputs.keySet()) {
      if (++position <= given && step.invocation().kwargs().containsKey(input)) {
        add(
            step.invocation().kwargsPlace().member(input),
            "task parameter \"%s\" is assigned a value both as a keyword arg and positional arg #%d"
                .formatted(input, position));
      }
    }
  }

  private void missing(int given) {
    int position = 0;
    for (TaskInput input : inputs.values()) {
      boolean present = ++position <= given || step.invocation().kwargs().containsKey(input.name());
      if (input.required() && !present) {
        add(
            step.invocation().taskPlace(),
            "required task parameter is not assigned a value: " + input.name());
      }
    }
  }

  private void add(Place place, String message) {
    issues.add(StepChecks.issue(step, place, "illegal task invocation: " + message));
  }
}
