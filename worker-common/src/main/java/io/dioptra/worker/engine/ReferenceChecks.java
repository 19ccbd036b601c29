package io.dioptra.worker.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether each reference names something: a step first, then a parameter, then an artifact. */
final class ReferenceChecks {
  private final Configuration configuration;

  ReferenceChecks(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Needs a task for each step. */
  List<Issue> ofSteps() {
    IssueList issues = new IssueList();
    for (Step step : configuration.steps().values()) {
      for (ReferenceSearch.Found found : step.references()) {
        problem(found.reference())
            .ifPresent(problem -> issues.add(StepChecks.issue(step, found.place(), problem)));
      }
    }
    return issues.all();
  }

  List<Issue> ofArtifactOutputs() {
    IssueList issues = new IssueList();
    configuration
        .artifactOutputs()
        .forEach(
            (name, artifact) ->
                Reference.parse(artifact.contents())
                    .flatMap(this::problem)
                    .ifPresent(
                        problem ->
                            issues.add(
                                Issue.semantic(
                                    "In artifact output \"%s\": %s".formatted(name, problem),
                                    Place.of("artifact_outputs", name, "contents")))));
    return issues.all();
  }

  private Optional<String> problem(Reference reference) {
    Step step = configuration.steps().get(reference.name());
    if (step != null) {
      return problemWithStep(reference, step);
    }
    if (configuration.parameters().containsKey(reference.name())) {
      return reference
          .output()
          .filter(output -> !output.isEmpty())
          .map(
              output ->
                  "reference \"%s\": references to parameters may not include an output name: %s"
                      .formatted(reference.text(), output));
    }
    List<NamedType> artifact = configuration.artifactInputs().get(reference.name());
    return artifact != null
        ? problemWithArtifact(reference, artifact)
        : Optional.of("unresolvable reference: " + reference.name());
  }

  private Optional<String> problemWithStep(Reference reference, Step step) {
    List<NamedType> outputs =
        Objects.requireNonNull(configuration.tasks().get(step.invocation().task())).outputs();
    if (reference.output().isPresent()) {
      return unknown(reference.output().get(), outputs)
          .map(
              output ->
                  "reference \"%s\": unrecognized output: %s".formatted(reference.text(), output));
    }
    return switch (outputs.size()) {
      case 0 ->
          Optional.of(
              "reference \"%s\": referenced step produces no output".formatted(reference.text()));
      case 1 -> Optional.empty();
      default -> Optional.of(nameMissing(reference, "task plugin"));
    };
  }

  private static Optional<String> problemWithArtifact(
      Reference reference, List<NamedType> outputs) {
    if (reference.output().isPresent()) {
      return unknown(reference.output().get(), outputs)
          .map(
              output ->
                  "reference \"%s\" unrecognized artifact output: %s"
                      .formatted(reference.name(), output));
    }
    return outputs.size() > 1
        ? Optional.of(nameMissing(reference, "artifact task"))
        : Optional.empty();
  }

  private static String nameMissing(Reference reference, String producer) {
    return "reference \"%s\": an output name must be given if the %s produces more than one output."
        .formatted(reference.text(), producer);
  }

  private static Optional<String> unknown(String output, List<NamedType> outputs) {
    boolean known = outputs.stream().anyMatch(declared -> declared.name().equals(output));
    return known ? Optional.empty() : Optional.of(output);
  }
}
