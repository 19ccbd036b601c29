package io.dioptra.worker.engine;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A schema of draft 2020-12. It fetches nothing. Any thread may use it. */
final class JsonSchema {
  private final Schema schema;

  JsonSchema(JsonNode schema) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .preloadSchema(true)
            .regularExpressionFactory(expression -> new BoundedPattern(expression)::isFoundIn)
            .build();
    this.schema =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry ->
                    registry
                        .schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.block(_ -> true)))
            .getSchema(schema);
  }

  /**
   * One issue for each thing that the schema refuses; what reads the same is told once.
   *
   * @param base where the value is in the configuration
   */
  List<Issue> check(Value value, Place base) {
    Set<String> messages = new HashSet<>();
    IssueList issues = new IssueList();
    for (Error error : schema.validate(JsonTree.of(value))) {
      Issue issue = issue(error, base);
      if (messages.add(issue.message())) {
        issues.add(issue);
      }
    }
    return issues.all();
  }

  private static Issue issue(Error error, Place base) {
    NodePath location = error.getInstanceLocation();
    List<Object> path = new ArrayList<>();
    for (int index = 0; index < location.getNameCount(); index++) {
      path.add(location.getElement(index));
    }
    Place place = base.then(path);
    return Issue.schema(
        "In %s: %s".formatted(SchemaLocation.of(place.path()), error.getMessage()),
        member(error).map(place::member).orElse(place));
  }

  /** The member that must not be there, where that is what is wrong with an object. */
  private static Optional<String> member(Error error) {
    return Optional.ofNullable(error.getProperty())
        .filter(name -> error.getInstanceNode() instanceof ObjectNode node && node.has(name));
  }
}
