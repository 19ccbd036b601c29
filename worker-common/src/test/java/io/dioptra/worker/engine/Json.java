package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values from JSON texts in single quotes. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  static Value value(String json) {
    return of(MAPPER.readTree(json));
  }

  static Value.Members members(String json) {
    return (Value.Members) value(json);
  }

  static SequencedMap<String, Value> map(String json) {
    return members(json).values();
  }

  private static Value of(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> new Value.Null();
      case BOOLEAN -> new Value.Bool(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber()
              ? new Value.Int(node.bigIntegerValue())
              : new Value.Real(node.doubleValue());
      case STRING -> new Value.Text(node.stringValue());
      case ARRAY -> {
        List<Value> items = new ArrayList<>();
        node.forEach(item -> items.add(of(item)));
        yield new Value.Items(items);
      }
      case OBJECT -> {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
        yield new Value.Members(members);
      }
      case BINARY, POJO -> throw new IllegalArgumentException(node.toString());
    };
  }
}
