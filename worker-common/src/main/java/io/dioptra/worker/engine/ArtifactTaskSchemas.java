package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the artifact tasks of one job allow: only their classes, and arguments as each wants them.
 *
 * @param byClass the property schemas of a class's arguments; {@link Value.Null} for anything
 */
record ArtifactTaskSchemas(SequencedMap<String, Value> byClass) {

  /** Adds the classes, and one condition for each class that restricts its arguments. */
  void addTo(ObjectNode configurationSchema) {
    ObjectNode task = configurationSchema.withObject("/$defs/artifact_task");
    ArrayNode names = task.withObject("/properties/name").putArray("enum");
    byClass.keySet().forEach(names::add);
    ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
    byClass.forEach(
        (name, properties) -> {
          if (!(properties instanceof Value.Null)) {
            conditions.add(condition(name, properties));
          }
        });
    if (!conditions.isEmpty()) {
      task.set("allOf", conditions);
    }
  }

  /** Checks the outputs; those without the name of a task break the common schema. */
  List<Issue> check(Value.Members configuration) {
    Map<String, JsonSchema> compiled = new LinkedHashMap<>();
    List<Issue> issues = new ArrayList<>();
    Fields.of(configuration)
        .members("artifact_outputs")
        .forEach(
            (name, output) -> {
              Fields task = new Fields(Fields.of(output).members("task"));
              issues.addAll(check(name, task, compiled));
            });
    return issues;
  }

  private List<Issue> check(String output, Fields task, Map<String, JsonSchema> compiled) {
    Place place = Place.of("artifact_outputs", output, "task");
    Optional<String> named = task.optionalText("name");
    if (named.isEmpty()) {
      return List.of();
    }
    String name = named.get();
    Value properties = byClass.get(name);
    if (properties == null) {
      return List.of(unknown(name, place.member("name")));
    }
    if (properties instanceof Value.Null || !task.has("args")) {
      return List.of();
    }
    Value arguments = new Value.Members(task.members("args"));
    try {
      return compiled
          .computeIfAbsent(name, _ -> new JsonSchema(argumentsSchema(properties)))
          .check(arguments, place.member("args"));
    } catch (RuntimeException | StackOverflowError e) {
      // The schema comes from a plugin, which may also let it refer to itself without end.
      return List.of(unusable(name, place, e));
    }
  }

  private Issue unknown(String name, Place place) {
    String known =
        byClass.isEmpty()
            ? "The artifact plugins of this entrypoint register none."
            : "Expected one of: " + String.join(", ", byClass.keySet());
    return Issue.schema(
        "In %s: there is no artifact task \"%s\". %s"
            .formatted(SchemaLocation.of(place.path()), name, known),
        place);
  }

  private static Issue unusable(String name, Place place, Throwable cause) {
    return Issue.schema(
        "In artifact task \"%s\": validation() returned no usable property schemas: %s"
            .formatted(name, cause),
        place);
  }

  private static ObjectNode condition(String name, Value properties) {
    ObjectNode condition = JsonNodeFactory.instance.objectNode();
    condition.withObject("/if/properties/name").put("const", name);
    condition.withObject("/then/properties").set("args", argumentsSchema(properties));
    return condition;
  }

  private static ObjectNode argumentsSchema(Value properties) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.set("properties", JsonTree.of(properties));
    return schema;
  }
}
