package io.dioptra.worker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Types that are named but not defined, and definitions that go round in a circle. */
final class TypeNameChecks {
  private final Configuration configuration;
  private final Predicate<String> exists;
  private final IssueList issues = new IssueList();

  private TypeNameChecks(Configuration configuration) {
    this.configuration = configuration;
    this.exists = type -> TypeNames.exists(type, configuration);
  }

  static List<Issue> check(Configuration configuration) {
    TypeNameChecks checks = new TypeNameChecks(configuration);
    configuration.parameters().forEach(checks::parameter);
    configuration.artifactInputs().forEach(checks::artifact);
    boolean complete = checks.definitions();
    if (complete) {
      checks.circle();
    }
    return checks.issues.all();
  }

  private void parameter(String name, ParameterDefinition parameter) {
    parameter
        .type()
        .filter(exists.negate())
        .ifPresent(
            type ->
                add(
                    Place.of("parameters", name, "type"),
                    "In global parameter \"%s\": undefined type: %s".formatted(name, type)));
  }

  private void artifact(String name, List<NamedType> outputs) {
    for (NamedType output : outputs) {
      if (!exists.test(output.type())) {
        add(
            output.place(),
            "For artifact \"%s\": output \"%s\" has undefined type: %s"
                .formatted(name, output.name(), output.type()));
      }
    }
  }

  /** The first one that is missing is told twice, as Dioptra does. */
  private boolean definitions() {
    List<Issue> missing = new ArrayList<>();
    configuration
        .types()
        .forEach(
            (name, definition) -> {
              for (NamedType mention : TypeNames.mentionedIn(name, definition)) {
                if (!exists.test(mention.type())) {
                  add(
                      mention.place(),
                      "In definition of type \"%s\": reference to undefined type: %s"
                          .formatted(name, mention.type()));
                  missing.add(
                      Issue.semantic(
                          TypeRegistry.inDefinitionOf(name) + "Type not found: " + mention.type(),
                          mention.place()));
                }
              }
            });
    missing.stream().findFirst().ifPresent(issues::add);
    return missing.isEmpty();
  }

  private void circle() {
    if (TypeNames.order(configuration) instanceof Ordering.Result.Cycle(var names)) {
      add(
          Place.of("types", names.getFirst()),
          "Type reference cycle detected: " + String.join(" > ", names));
    }
  }

  private void add(Place place, String message) {
    issues.add(Issue.semantic(message, place));
  }
}
