package io.dioptra.worker.queue.payload;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the payload of a producer that uses RQ's JSON serializer. */
final class JsonReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(PayloadValue.Container.MAX_DEPTH)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonReader() {}

  static PayloadValue read(byte[] content) throws PayloadRefusedException {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(content);
    } catch (JacksonException e) {
      throw new PayloadRefusedException("the payload is not well-formed JSON");
    }
    return value(tree);
  }

  private static PayloadValue value(JsonNode node) throws PayloadRefusedException {
    return switch (node.getNodeType()) {
      case ARRAY -> items(node);
      case OBJECT -> members(node);
      case STRING -> new PayloadValue.Text(node.stringValue());
      case BOOLEAN -> new PayloadValue.Bool(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber()
              ? new PayloadValue.Int(node.bigIntegerValue())
              : new PayloadValue.Real(node.doubleValue());
      case NULL, MISSING, BINARY, POJO -> new PayloadValue.None();
    };
  }

  private static PayloadValue items(JsonNode node) throws PayloadRefusedException {
    PayloadValue.Items items = PayloadValue.Items.list();
    for (JsonNode part : node) {
      items.add(value(part));
    }
    return items;
  }

  private static PayloadValue members(JsonNode node) throws PayloadRefusedException {
    PayloadValue.Members members = new PayloadValue.Members();
    for (Map.Entry<String, JsonNode> part : node.properties()) {
      members.put(new PayloadValue.Text(part.getKey()), value(part.getValue()));
    }
    return members;
  }
}
