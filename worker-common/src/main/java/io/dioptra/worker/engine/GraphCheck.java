package io.dioptra.worker.engine;

import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Turns a job's configuration into a graph that can run. Any thread may use it. */
public final class GraphCheck {
  private final ConfigurationSchema schema = new ConfigurationSchema();

  /**
   * Reads, compiles and validates a configuration.
   *
   * @param artifactSchemas by class of the artifact tasks the property schemas of its arguments,
   *     {@link Value.Null} for none
   */
  public Checked check(Value.Members configuration, SequencedMap<String, Value> artifactSchemas) {
    List<Issue> issues = new ArrayList<>(Nesting.check(configuration));
    if (issues.isEmpty()) {
      issues.addAll(NameLengths.check(configuration));
    }
    if (issues.isEmpty()) {
      issues.addAll(schema.check(configuration));
      issues.addAll(new ArtifactTaskSchemas(artifactSchemas).check(configuration));
    }
    if (!issues.isEmpty()) {
      return new Checked.Invalid(
          issues,
          "Invalid job configuration: "
              + issues.stream().map(Issue::toString).collect(Collectors.joining("; ")));
    }
    try {
      Swaps.Compiled compiled = Swaps.compile(configuration);
      return check(Configuration.of(compiled.configuration()), compiled);
    } catch (GraphException e) {
      return new Checked.Invalid(List.of(Issue.semantic(e.reason(), e.place())), e.reason());
    }
  }

  /** The JSON schema that {@link #check} starts with, as a text. */
  public String schemaText(SequencedMap<String, Value> artifactSchemas) {
    return schema.text(artifactSchemas);
  }

  private static Checked check(Configuration configuration, Swaps.Compiled compiled) {
    List<Issue> issues =
        SemanticChecks.check(configuration).stream().map(compiled::inWordsOfTheUser).toList();
    if (issues.stream().anyMatch(Issue::isError)) {
      return invalid(issues);
    }
    return switch (StepOrder.of(configuration)) {
      case Ordering.Result.Sorted(var order) ->
          new Checked.Valid(new TaskGraph(configuration, order, compiled.names()), issues);
      case Ordering.Result.Cycle _ ->
          throw new IllegalStateException("a cycle of steps passed the checks");
    };
  }

  private static Checked invalid(List<Issue> issues) {
    List<Value> errors =
        issues.stream()
            .filter(Issue::isError)
            .<Value>map(issue -> new Value.Text(issue.message()))
            .toList();
    return new Checked.Invalid(
        issues, "Errors found in Job YAML: " + PythonText.repr(new Value.Items(errors)));
  }
}
