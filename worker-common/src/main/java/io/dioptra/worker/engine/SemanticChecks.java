package io.dioptra.worker.engine;

import java.util.ArrayList;
import java.util.List;

/** What a schema cannot say, in Dioptra's stages: some need that others found nothing. */
final class SemanticChecks {
  private final Configuration configuration;
  private final List<Issue> issues = new ArrayList<>();

  private SemanticChecks(Configuration configuration) {
    this.configuration = configuration;
  }

  static List<Issue> check(Configuration configuration) {
    SemanticChecks checks = new SemanticChecks(configuration);
    checks.names();
    checks.issues.addAll(TypeNameChecks.check(configuration));
    if (checks.issues.isEmpty()) {
      checks.issues.addAll(TypeChecks.check(configuration));
    }
    return checks.issues;
  }

  private void names() {
    issues.addAll(NameChecks.check(configuration));
    issues.addAll(TaskChecks.check(configuration, type -> TypeNames.exists(type, configuration)));
    boolean wellFormed = nothingNew(StepChecks.form(configuration));
    boolean distinct = nothingNew(NameChecks.collisions(configuration));
    if (wellFormed && nothingNew(StepChecks.unknownTasks(configuration))) {
      issues.addAll(ArgumentChecks.check(configuration));
      if (distinct) {
        references();
      }
    }
  }

  private void references() {
    ReferenceChecks references = new ReferenceChecks(configuration);
    boolean known = nothingNew(references.ofSteps());
    boolean knownDependencies = nothingNew(StepChecks.unknownDependencies(configuration));
    issues.addAll(references.ofArtifactOutputs());
    if (known
        && knownDependencies
        && StepOrder.of(configuration) instanceof Ordering.Result.Cycle(var names)) {
      issues.add(
          Issue.semantic(
              "Step cycle detected: " + String.join(" > ", names),
              Place.of("graph", names.getFirst())));
    }
  }

  private boolean nothingNew(List<Issue> found) {
    issues.addAll(found);
    return found.isEmpty();
  }
}
