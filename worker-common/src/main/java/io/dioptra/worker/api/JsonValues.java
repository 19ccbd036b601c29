package io.dioptra.worker.api;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as Dioptra writes it: Python's, with {@code NaN}, infinities and integers of any size. Any
 * thread may use it.
 */
final class JsonValues {
  /** Parsing an integer takes more than linear time; nobody means one longer than this. */
  private static final int LONGEST_NUMBER = 100_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private JsonValues() {}

  /**
   * Reads one document.
   *
   * @throws tools.jackson.core.JacksonException where it is not JSON
   */
  static JsonNode read(byte[] json) {
    return MAPPER.readTree(json);
  }

  /** Writes one document, in UTF-8. */
  static byte[] write(Object content) {
    return MAPPER.writeValueAsBytes(content);
  }

  /** The value a document stands for, members in the order of the document. */
  static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> new Value.Null();
      case BOOLEAN -> new Value.Bool(node.booleanValue());
      case STRING -> new Value.Text(node.stringValue());
      case NUMBER ->
          node.isIntegralNumber()
              ? new Value.Int(node.bigIntegerValue())
              : new Value.Real(node.doubleValue());
      case ARRAY -> new Value.Items(items(node));
      case OBJECT -> new Value.Members(members(node));
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    };
  }

  /** The members of an object, in the order of the document. */
  static SequencedMap<String, Value> members(JsonNode object) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    object.forEachEntry((name, member) -> members.put(name, value(member)));
    return members;
  }

  private static List<Value> items(JsonNode array) {
    List<Value> items = new ArrayList<>(array.size());
    array.forEach(item -> items.add(value(item)));
    return items;
  }
}
