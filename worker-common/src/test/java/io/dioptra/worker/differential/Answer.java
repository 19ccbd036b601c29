package io.dioptra.worker.differential;

import java.util.List;
import java.util.Optional;

/**
 * What an engine says of a case.
 *
 * @param schema issues with the schema
 * @param issues all issues, as texts
 * @param refused the exception with which the validation ended, if it did
 * @param order the run order of a valid configuration
 * @param log the lines of the run
 * @param error how the run ended, if not well
 */
record Answer(
    List<String> schema,
    List<String> issues,
    Optional<Told> refused,
    List<String> order,
    List<String> log,
    Optional<Told> error) {
  Answer {
    schema = List.copyOf(schema);
    issues = List.copyOf(issues);
    order = List.copyOf(order);
    log = List.copyOf(log);
  }

  /**
   * An exception.
   *
   * @param type its class without package; empty where an engine does not know one
   */
  record Told(String type, String message) {}

  static Answer invalid(List<String> issues) {
    return new Answer(
        issues.stream().filter(issue -> issue.startsWith("schema.")).toList(),
        issues,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  @Override
  public String toString() {
    return "schema %s%n  issues %s%n  refused %s%n  order %s%n  log:%n    %s%n  error %s"
        .formatted(schema, issues, refused, order, String.join("\n    ", log), error);
  }
}
