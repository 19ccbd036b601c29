package io.dioptra.worker.source;

import io.dioptra.worker.source.Growth.Grown;
import io.dioptra.worker.task.Value;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML 1.0. */
public final class TomlReader {
  private TomlReader() {}

  public static Document read(Path file) throws SourceException {
    TomlParseResult result = Toml.parse(SourceFile.text(file));
    if (result.hasErrors()) {
      TomlParseError first = result.errors().getFirst();
      throw SourceException.at(
          file.toString(), position(first.position()), "no TOML: " + first.getMessage());
    }
    Grown root = table(result, new Position(1, 1));
    return new Document(root.value(), root.spot(), List.of());
  }

  private static Grown table(TomlTable table, Position at) {
    Growth growth = Growth.object(at);
    table.keySet().stream()
        .map(key -> new Growth.Name(key, position(table.inputPositionOf(List.of(key)))))
        .sorted(Comparator.comparing(Growth.Name::at))
        .forEach(
            name -> {
              growth.name(name.text(), name.at());
              Object value = Objects.requireNonNull(table.get(List.of(name.text())));
              growth.add(grown(value, name.at()));
            });
    return growth.grown();
  }

  private static Grown grown(Object value, Position at) {
    return switch (value) {
      case TomlTable table -> table(table, at);
      case TomlArray array -> {
        Growth growth = Growth.list(at);
        for (int i = 0; i < array.size(); i++) {
          growth.add(grown(array.get(i), position(array.inputPositionOf(i))));
        }
        yield growth.grown();
      }
      default -> new Grown(scalar(value), Spot.of(at), 1);
    };
  }

  /** A time is a text here; no member of a resource file is one. */
  private static Value scalar(Object value) {
    return switch (value) {
      case Boolean flag -> new Value.Bool(flag);
      case Long number -> Value.Int.of(number);
      case Double number -> new Value.Real(number);
      default -> new Value.Text(value.toString());
    };
  }

  private static Position position(@Nullable TomlPosition position) {
    return position == null ? new Position(1, 1) : new Position(position.line(), position.column());
  }
}
