package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a job's configuration: what holds for every job, and what its artifacts add. */
final class ConfigurationSchema {
  private static final String RESOURCE = "configuration.schema.json";

  private final JsonMapper json = JsonMapper.builder().build();
  private final ObjectNode common = load();
  private final JsonSchema schema = new JsonSchema(common);

  /** Checks a configuration whose nesting is known to be harmless, but for its artifact tasks. */
  List<Issue> check(Value.Members configuration) {
    return schema.check(configuration, Place.ROOT);
  }

  /** The whole schema of one job as a JSON text. */
  String text(SequencedMap<String, Value> artifactSchemas) {
    ObjectNode whole = common.deepCopy();
    new ArtifactTaskSchemas(artifactSchemas).addTo(whole);
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(whole);
  }

  private ObjectNode load() {
    try (InputStream resource = ConfigurationSchema.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is missing in this build");
      }
      return (ObjectNode) json.readTree(resource);
    } catch (IOException | JacksonException e) {
      throw new IllegalStateException(RESOURCE + " of this build cannot be read", e);
    }
  }
}
