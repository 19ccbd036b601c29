package io.dioptra.worker.differential;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Documents while they are made and changed, and the values that the engine takes. */
final class Trees {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Trees() {}

  static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> new Value.Null();
      case BOOLEAN -> new Value.Bool(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber()
              ? new Value.Int(node.bigIntegerValue())
              : new Value.Real(node.doubleValue());
      case STRING -> new Value.Text(node.stringValue());
      case ARRAY -> {
        List<Value> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        yield new Value.Items(items);
      }
      case OBJECT -> new Value.Members(members(node));
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException(node.toString());
    };
  }

  static SequencedMap<String, Value> members(JsonNode object) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    object.properties().forEach(it -> members.put(it.getKey(), value(it.getValue())));
    return members;
  }

  /** An object with one member. */
  static ObjectNode object(String name, JsonNode value) {
    return NODES.objectNode().set(name, value);
  }

  static JsonNode text(String text) {
    return NODES.stringNode(text);
  }

  static ArrayNode array(Iterable<? extends JsonNode> items) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(array::add);
    return array;
  }

  /** Every object and list of a document, the document first. */
  static List<JsonNode> containers(JsonNode root) {
    List<JsonNode> found = new ArrayList<>();
    List<JsonNode> open = new ArrayList<>(List.of(root));
    while (!open.isEmpty()) {
      JsonNode node = open.removeLast();
      if (node.isContainer()) {
        found.add(node);
        open.addAll(node.values());
      }
    }
    return found;
  }

  /** Gives the members of an object another order, or other names. */
  static void refill(ObjectNode object, SequencedMap<String, JsonNode> members) {
    object.removeAll();
    members.forEach(object::set);
  }

  /** The members of an object as they are now. */
  static SequencedMap<String, JsonNode> copy(ObjectNode object) {
    SequencedMap<String, JsonNode> members = new LinkedHashMap<>();
    object.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
    return members;
  }
}
