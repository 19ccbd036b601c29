package io.dioptra.worker.local;

import io.dioptra.worker.source.Position;
import io.dioptra.worker.source.Spot;
import io.dioptra.worker.task.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table of a resource file. What does not have the form that Dioptra's import asks for is told,
 * and read as if it were not there.
 */
final class Table {
  private final Path file;
  private final SequencedMap<String, Value> values;
  private final Spot spot;
  private final Consumer<Finding> findings;

  Table(Path file, SequencedMap<String, Value> values, Spot spot, Consumer<Finding> findings) {
    this.file = file;
    this.values = values;
    this.spot = spot;
    this.findings = findings;
  }

  Spot spot() {
    return spot;
  }

  /** Tells of members that Dioptra's import does not know. */
  Table knowing(String... names) {
    values.keySet().stream()
        .filter(name -> !Set.of(names).contains(name))
        .forEach(
            name ->
                wrong(
                    spotOf(name).at(),
                    "\"%s\" is not known here; known: %s"
                        .formatted(name, String.join(", ", names))));
    return this;
  }

  /** A text that has to be there; empty where it is not. */
  String text(String name) {
    Optional<String> text = optionalText(name);
    if (!values.containsKey(name)) {
      wrong(spot.at(), "\"%s\" is missing here".formatted(name));
    }
    return text.orElse("");
  }

  Optional<String> optionalText(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case Value.Text(String text) -> Optional.of(text);
      default -> {
        wrong(spotOf(name).at(), "\"%s\" has to be a text".formatted(name));
        yield Optional.empty();
      }
    };
  }

  boolean flag(String name) {
    return switch (values.get(name)) {
      case null -> false;
      case Value.Bool(boolean flag) -> flag;
      default -> {
        wrong(spotOf(name).at(), "\"%s\" has to be true or false".formatted(name));
        yield false;
      }
    };
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The table under this name; an empty one where there is none. */
  Table table(String name) {
    return switch (values.get(name)) {
      case null -> new Table(file, Value.Members.none().values(), spot, findings);
      case Value.Members(var members) -> new Table(file, members, spotOf(name), findings);
      default -> {
        wrong(spotOf(name).at(), "\"%s\" has to be a table".formatted(name));
        yield new Table(file, Value.Members.none().values(), spot, findings);
      }
    };
  }

  /** The tables of a list. */
  List<Table> tables(String name) {
    List<Table> tables = new ArrayList<>();
    List<Value> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      Spot item = itemOf(name, i);
      if (items.get(i) instanceof Value.Members(var members)) {
        tables.add(new Table(file, members, item, findings));
      } else {
        wrong(item.at(), "\"%s\" has to be a list of tables".formatted(name));
      }
    }
    return tables;
  }

  List<Named> texts(String name) {
    List<Named> texts = new ArrayList<>();
    List<Value> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      Spot item = itemOf(name, i);
      if (items.get(i) instanceof Value.Text(String text)) {
        texts.add(new Named(text, item.at()));
      } else {
        wrong(item.at(), "\"%s\" has to be a list of texts".formatted(name));
      }
    }
    return texts;
  }

  /** A text and where it stands. */
  record Named(String text, Position at) {}

  private List<Value> items(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case Value.Items(var items) -> items;
      default -> {
        wrong(spotOf(name).at(), "\"%s\" has to be a list".formatted(name));
        yield List.of();
      }
    };
  }

  Spot spotOf(String name) {
    return spot.find(List.of(name)).orElse(spot);
  }

  private Spot itemOf(String name, int index) {
    return spot.find(List.of(name, index)).orElse(spot);
  }

  void wrong(Position at, String message) {
    findings.accept(new Finding(file, Optional.of(at), "import", true, message));
  }

  void odd(Position at, String message) {
    findings.accept(new Finding(file, Optional.of(at), "import", false, message));
  }
}
