package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value as the tree that the schema validator reads. The nesting was checked before. */
final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private JsonTree() {}

  static JsonNode of(Value value) {
    return switch (value) {
      case Value.Null _ -> NODES.nullNode();
      case Value.Bool(boolean flag) -> NODES.booleanNode(flag);
      case Value.Int(var number) -> NODES.numberNode(number);
      case Value.Real(double number) ->
          Double.isFinite(number) ? NODES.numberNode(number) : NODES.numberNode(stand(number));
      case Value.Text(String text) -> NODES.stringNode(text);
      case Value.Items(var values) -> {
        ArrayNode array = NODES.arrayNode(values.size());
        values.forEach(item -> array.add(of(item)));
        yield array;
      }
      case Value.Members(var values) -> {
        ObjectNode object = NODES.objectNode();
        values.forEach((name, member) -> object.set(name, of(member)));
        yield object;
      }
      case Value.Reference(var handle) ->
          throw new IllegalArgumentException("a configuration holds no values of tasks: " + handle);
    };
  }

  /**
   * For the validator what is not finite is no number at all. In its place stands one beyond every
   * float, and 0.5 for what is not a number: Python's validator takes all three for no integers.
   */
  private static BigDecimal stand(double number) {
    if (Double.isNaN(number)) {
      return HALF;
    }
    BigDecimal far = BigDecimal.TEN.pow(400).add(HALF);
    return number > 0 ? far : far.negate();
  }
}
