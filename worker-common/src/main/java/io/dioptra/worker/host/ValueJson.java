package io.dioptra.worker.host;

import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values in the notation of {@code protocol/README.md}, in which an object is never a plain one.
 */
final class ValueJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ValueJson() {}

  static JsonNode encode(Value value) {
    return switch (value) {
      case Value.Null _ -> NODES.nullNode();
      case Value.Bool(boolean flag) -> NODES.booleanNode(flag);
      case Value.Int(var number) -> NODES.numberNode(number);
      case Value.Real(double number) -> real(number);
      case Value.Text(String text) -> NODES.stringNode(text);
      case Value.Items(var values) -> {
        ArrayNode items = NODES.arrayNode();
        values.forEach(item -> items.add(encode(item)));
        yield items;
      }
      case Value.Members(var members) -> NODES.objectNode().set("members", pairs(members));
      case Value.Reference(ValueHandle handle) ->
          NODES
              .objectNode()
              .set(
                  "ref",
                  NODES
                      .arrayNode()
                      .add(handle.origin().name().toLowerCase(Locale.ROOT))
                      .add(handle.producer())
                      .add(handle.output()));
    };
  }

  /** Members as {@code [[name, value], …]}, which keeps their order in every language. */
  static ArrayNode pairs(SequencedMap<String, Value> members) {
    ArrayNode pairs = NODES.arrayNode();
    members.forEach((name, value) -> pairs.add(NODES.arrayNode().add(name).add(encode(value))));
    return pairs;
  }

  static Value decode(JsonNode node) throws ProtocolException {
    return switch (node.getNodeType()) {
      case NULL -> new Value.Null();
      case BOOLEAN -> new Value.Bool(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber()
              ? new Value.Int(node.bigIntegerValue())
              : new Value.Real(node.doubleValue());
      case STRING -> new Value.Text(node.stringValue());
      case ARRAY -> items(node);
      case OBJECT -> tagged(node);
      case BINARY, MISSING, POJO -> throw new ProtocolException("no value: " + node);
    };
  }

  static SequencedMap<String, Value> decodePairs(JsonNode pairs) throws ProtocolException {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    for (JsonNode pair : pairs) {
      members.put(pair.path(0).asString(), decode(pair.path(1)));
    }
    return members;
  }

  private static Value items(JsonNode node) throws ProtocolException {
    List<Value> values = new ArrayList<>();
    for (JsonNode item : node) {
      values.add(decode(item));
    }
    return new Value.Items(values);
  }

  private static Value tagged(JsonNode node) throws ProtocolException {
    if (node.has("members")) {
      return new Value.Members(decodePairs(node.get("members")));
    }
    return switch (node.path("real").asString("")) {
      case "nan" -> new Value.Real(Double.NaN);
      case "inf" -> new Value.Real(Double.POSITIVE_INFINITY);
      case "-inf" -> new Value.Real(Double.NEGATIVE_INFINITY);
      default -> throw new ProtocolException("no value: " + node);
    };
  }

  private static JsonNode real(double number) {
    if (Double.isFinite(number)) {
      return NODES.numberNode(number);
    }
    String word = Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    return NODES.objectNode().put("real", word);
  }
}
