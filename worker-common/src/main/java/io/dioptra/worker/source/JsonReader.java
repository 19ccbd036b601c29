package io.dioptra.worker.source;

import io.dioptra.worker.source.Growth.Grown;
import io.dioptra.worker.task.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON as Python does: {@code NaN}, infinities and integers of any size too. */
final class JsonReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxNumberLength(1_000_000)
                  .maxNameLength(16 << 20)
                  .build())
          .build();

  private final String file;
  private final Bounds bounds;
  private final Deque<Growth> open = new ArrayDeque<>();
  private final List<Remark> remarks = new ArrayList<>();

  JsonReader(String file) {
    this.file = file;
    this.bounds = new Bounds(file);
  }

  Document read(String text) throws SourceException {
    @Nullable Grown root = null;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        Position at = position(parser.currentTokenLocation());
        if (root != null) {
          throw SourceException.at(file, at, "there is something behind the end of the JSON value");
        }
        root = take(token, parser, at);
      }
    } catch (JacksonException e) {
      throw SourceException.at(
          file, position(e.getLocation()), "no JSON: " + e.getOriginalMessage());
    }
    if (root == null) {
      throw new SourceException(file + ": is empty");
    }
    return new Document(root.value(), root.spot(), remarks);
  }

  /** Returns the whole value once it is complete. */
  private @Nullable Grown take(JsonToken token, JsonParser parser, Position at)
      throws SourceException {
    if (!token.isStructEnd()) {
      bounds.count(at, open.size());
    }
    return switch (token) {
      case START_OBJECT -> {
        open.push(Growth.object(at));
        yield null;
      }
      case START_ARRAY -> {
        open.push(Growth.list(at));
        yield null;
      }
      case PROPERTY_NAME -> {
        name(parser.getString(), at);
        yield null;
      }
      case END_OBJECT, END_ARRAY -> part(open.pop().grown());
      default -> part(new Grown(scalar(token, parser), Spot.of(at), 1));
    };
  }

  private void name(String name, Position at) {
    Growth object = open.element();
    if (object.has(name)) {
      remarks.add(new Remark.Repeated(name, object.positionOf(name), at));
    }
    object.name(name, at);
  }

  private @Nullable Grown part(Grown part) {
    if (open.isEmpty()) {
      return part;
    }
    open.element().add(part);
    return null;
  }

  private static Value scalar(JsonToken token, JsonParser parser) {
    return switch (token) {
      case VALUE_NULL -> new Value.Null();
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NUMBER_INT -> new Value.Int(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> new Value.Real(parser.getDoubleValue());
      default -> new Value.Text(parser.getString());
    };
  }

  private static Position position(@Nullable TokenStreamLocation location) {
    return location == null
        ? new Position(1, 1)
        : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
