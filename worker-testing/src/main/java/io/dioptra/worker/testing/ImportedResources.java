package io.dioptra.worker.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The ids of what a resource import made, by name. */
public record ImportedResources(Map<String, Integer> plugins, Map<String, Integer> entrypoints) {
  public ImportedResources {
    plugins = Map.copyOf(plugins);
    entrypoints = Map.copyOf(entrypoints);
  }

  static ImportedResources of(JsonNode answer) {
    JsonNode resources = answer.get("resources");
    return new ImportedResources(ids(resources.get("plugins")), ids(resources.get("entrypoints")));
  }

  private static Map<String, Integer> ids(JsonNode byName) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    byName.properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
    return ids;
  }

  /** The id of an entrypoint that was imported. */
  public int entrypoint(String name) {
    Integer id = entrypoints.get(name);
    if (id == null) {
      throw new IllegalArgumentException(
          "No entrypoint " + name + " was imported, only " + entrypoints.keySet());
    }
    return id;
  }
}
