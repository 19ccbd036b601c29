package io.dioptra.worker.engine;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A schema of draft 2020-12. It fetches nothing. Any thread may use it. */
final class JsonSchema {
  private final Schema schema;

  JsonSchema(JsonNode schema) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().locale(Locale.ENGLISH).preloadSchema(true).build();
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
   * One issue for each thing that the schema refuses.
   *
   * @param base names that lead from the root of the configuration to the value
   */
  List<Issue> check(Value value, List<?> base) {
    return schema.validate(JsonTree.of(value)).stream()
        .map(error -> issue(error, base))
        .distinct()
        .toList();
  }

  private static Issue issue(Error error, List<?> base) {
    List<Object> path = new ArrayList<>(base);
    NodePath location = error.getInstanceLocation();
    for (int index = 0; index < location.getNameCount(); index++) {
      path.add(location.getElement(index));
    }
    return Issue.schema("In %s: %s".formatted(SchemaLocation.of(path), error.getMessage()));
  }
}
