package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Configurations for tests: a small valid one, with sections replaced. */
final class Configurations {
  private static final String TASKS =
      """
      {
        none: {plugin: 'p.m.none'},
        one: {plugin: 'p.m.one', inputs: [{v: 'any'}], outputs: {o: 'any'}},
        two: {plugin: 'p.m.two', inputs: [{name: 'x', type: 'integer'},
              {name: 'y', type: 'string', required: false}],
              outputs: [{a: 'integer'}, {b: 'string'}]}
      }
      """;

  private final SequencedMap<String, Value> sections = new LinkedHashMap<>();
  private final SequencedMap<String, Value> artifactSchemas = new LinkedHashMap<>();

  private Configurations() {
    with("types", "{}");
    with("parameters", "{}");
    with("tasks", TASKS);
    with("graph", "{s: {one: [1]}}");
  }

  static Configurations valid() {
    return new Configurations();
  }

  static Configurations withGraph(String graph) {
    return valid().with("graph", graph);
  }

  Configurations with(String section, String json) {
    sections.put(section, Json.value(json));
    return this;
  }

  Configurations with(String section, Value value) {
    sections.put(section, value);
    return this;
  }

  Configurations without(String section) {
    sections.remove(section);
    return this;
  }

  Configurations withArtifactTask(String name, String propertySchemas) {
    artifactSchemas.put(name, Json.value(propertySchemas));
    return this;
  }

  Value.Members members() {
    return new Value.Members(sections);
  }

  Checked check() {
    return new GraphCheck().check(members(), artifactSchemas);
  }

  TaskGraph graph() {
    return switch (check()) {
      case Checked.Valid(var graph, var _) -> graph;
      case Checked.Invalid(var _, var summary) -> throw new AssertionError(summary);
    };
  }

  /** All issues. */
  List<Issue> found() {
    return switch (check()) {
      case Checked.Valid(var _, var warnings) -> warnings;
      case Checked.Invalid(var found, var _) -> found;
    };
  }

  /** All issues as text. */
  List<String> issues() {
    return found().stream().map(Issue::toString).toList();
  }

  void hasIssues(String... issues) {
    assertThat(issues()).containsExactly(issues);
  }

  void isValid() {
    assertThat(check()).isInstanceOf(Checked.Valid.class);
    assertThat(issues()).isEmpty();
  }

  void breaksTheSchema() {
    assertThat(issues()).isNotEmpty().allMatch(issue -> issue.startsWith("schema.error: In "));
  }
}
