package io.dioptra.worker.engine;

import io.dioptra.worker.task.PythonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names that are empty, hold a dot, or mean two things. */
final class NameChecks {
  private NameChecks() {}

  /** Empty and blank names; only where there are none, also names with a dot. */
  static List<Issue> check(Configuration configuration) {
    List<Issue> issues = new ArrayList<>();
    issues.addAll(blank("types", "Type names", configuration.types().sequencedKeySet()));
    issues.addAll(
        blank(
            "parameters", "Global parameter names", configuration.parameters().sequencedKeySet()));
    issues.addAll(blank("tasks", "Task short names", configuration.tasks().sequencedKeySet()));
    issues.addAll(blank("graph", "Graph step names", configuration.steps().sequencedKeySet()));
    if (issues.isEmpty()) {
      issues.addAll(
          dotted("parameters", "Parameter", configuration.parameters().sequencedKeySet()));
      issues.addAll(dotted("graph", "Step", configuration.steps().sequencedKeySet()));
    }
    return issues;
  }

  static List<Issue> collisions(Configuration configuration) {
    List<String> both =
        configuration.parameters().sequencedKeySet().stream()
            .filter(configuration.steps()::containsKey)
            .toList();
    return both.isEmpty()
        ? List.of()
        : List.of(
            Issue.semantic(
                "Some parameters and steps have the same name: " + String.join(", ", both),
                Place.of("graph", both.getFirst())));
  }

  private static List<Issue> blank(String section, String meaning, Collection<String> names) {
    return names.stream()
        .filter(name -> name.codePoints().allMatch(NameChecks::isSpace))
        .map(
            name ->
                Issue.semantic(
                    "%s names must be non-empty/whitespace: %s"
                        .formatted(meaning, PythonText.quote(name)),
                    Place.of(section, name)))
        .toList();
  }

  private static List<Issue> dotted(String section, String kind, Collection<String> names) {
    return names.stream()
        .filter(name -> name.contains("."))
        .map(
            name ->
                Issue.semantic(
                    ("%s name \"%s\" contains a dot.  References to this %s will ambiguously look"
                            + " like step.output references.")
                        .formatted(kind, name, kind.equals("Step") ? "step" : "parameter"),
                    Place.of(section, name)))
        .toList();
  }

  /** As Python's {@code str.isspace}, which knows one more control character than Java. */
  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
  }
}
