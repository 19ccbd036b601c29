package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.jvm.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The arguments of one call, from the notation of the protocol. Closing ends its arrays. */
final class Arguments implements AutoCloseable {
  private final Held held;
  private final Window window;
  private final List<Tensor> files = new ArrayList<>();
  private final List<Tensor> placed = new ArrayList<>();

  Arguments(Held held, Window window) {
    this.held = held;
    this.window = window;
  }

  /** Whether an array came with this call in a file, and so belongs to the caller. */
  boolean brought(Tensor tensor) {
    return files.stream().anyMatch(it -> it == tensor);
  }

  @Nullable Object decode(JsonNode node) throws IOException {
    return switch (node.getNodeType()) {
      case NULL -> null;
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case STRING -> node.stringValue();
      case ARRAY -> items(node);
      case OBJECT -> tagged(node);
      case BINARY, MISSING, POJO -> throw new ProtocolException("no value: " + node);
    };
  }

  private static Object number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      return node.doubleValue();
    }
    return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
  }

  /** The values of a list. */
  List<@Nullable Object> items(JsonNode node) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonNode item : node) {
      items.add(decode(item));
    }
    return Collections.unmodifiableList(items);
  }

  private Object tagged(JsonNode node) throws IOException {
    if (node.has("members")) {
      return members(node.get("members"));
    }
    if (node.has("array")) {
      return array(node.get("array"));
    }
    if (node.has("object")) {
      long handle = node.get("object").path("handle").asLong(0);
      return held.get(handle)
          .orElseThrow(() -> new ProtocolException("no object has the handle " + handle));
    }
    return switch (node.path("real").asString("")) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw new ProtocolException("no value: " + node);
    };
  }

  private Tensor array(JsonNode place) throws IOException {
    if (place.has("at")) {
      Tensor tensor = window.get(place);
      placed.add(tensor);
      return tensor;
    }
    Tensor tensor = Tensor.open(Path.of(place.path("path").asString("")));
    files.add(tensor);
    return tensor;
  }

  /** The values of pairs of a name and a value. */
  Map<String, @Nullable Object> members(JsonNode pairs) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (JsonNode pair : pairs) {
      members.put(pair.path(0).asString(""), decode(pair.path(1)));
    }
    return Collections.unmodifiableMap(members);
  }

  @Override
  public void close() {
    files.forEach(Tensor::close);
    placed.forEach(Tensor::close);
  }
}
