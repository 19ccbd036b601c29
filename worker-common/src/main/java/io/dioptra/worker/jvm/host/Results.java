package io.dioptra.worker.jvm.host;

import io.dioptra.worker.jvm.Tensor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The result of one call in the notation of the protocol; what has none stays here. */
final class Results {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Held held;
  private final Window window;
  private final Arguments arguments;

  Results(Held held, Window window, Arguments arguments) {
    this.held = held;
    this.window = window;
    this.arguments = arguments;
  }

  JsonNode encode(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Boolean flag -> NODES.booleanNode(flag);
      case BigInteger number -> NODES.numberNode(number);
      case Float number -> real(number);
      case Double number -> real(number);
      case BigDecimal number -> real(number.doubleValue());
      case Byte number -> NODES.numberNode(number.longValue());
      case Short number -> NODES.numberNode(number.longValue());
      case Integer number -> NODES.numberNode(number.longValue());
      case Long number -> NODES.numberNode(number.longValue());
      case CharSequence text -> NODES.stringNode(text.toString());
      case Enum<?> constant -> NODES.stringNode(constant.name());
      case Collection<?> items -> {
        ArrayNode list = NODES.arrayNode();
        items.forEach(item -> list.add(encode(item)));
        yield list;
      }
      case Map<?, ?> members -> members(members);
      case Tensor tensor -> array(tensor);
      default -> object(value);
    };
  }

  private static JsonNode real(double number) {
    if (Double.isFinite(number)) {
      return NODES.numberNode(number);
    }
    String word = Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    return NODES.objectNode().put("real", word);
  }

  private JsonNode members(Map<?, ?> members) {
    ArrayNode pairs = NODES.arrayNode();
    members.forEach(
        (name, value) -> pairs.add(NODES.arrayNode().add(String.valueOf(name)).add(encode(value))));
    return NODES.objectNode().set("members", pairs);
  }

  /**
   * A small array goes into the window. A new one that does not fit is held until the caller has
   * it; one of the caller's own needs no holding.
   */
  private JsonNode array(Tensor tensor) {
    boolean brought = arguments.brought(tensor);
    Optional<ObjectNode> placed = brought ? Optional.empty() : window.put(tensor);
    ObjectNode array =
        placed.orElseGet(() -> NODES.objectNode().put("path", tensor.path().toString()));
    if (placed.isEmpty() && !brought) {
      array.put("handle", held.keep(tensor));
    }
    return NODES.objectNode().set("array", array);
  }

  private JsonNode object(Object value) {
    ObjectNode object = NODES.objectNode().put("handle", held.keep(value));
    return NODES
        .objectNode()
        .set("object", object.put("class", value.getClass().getName()).put("text", text(value)));
  }

  private static String text(Object value) {
    String text = String.valueOf(value);
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
