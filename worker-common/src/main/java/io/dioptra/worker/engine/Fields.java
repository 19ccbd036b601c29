package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the members of an object whose shape the schema has checked. */
record Fields(SequencedMap<String, Value> values) {
  static Fields of(Value value) {
    return new Fields(membersOf(value));
  }

  /** The members of an object; none where it is something else. */
  static SequencedMap<String, Value> membersOf(Value value) {
    return value instanceof Value.Members(var members) ? members : Collections.emptyNavigableMap();
  }

  /** The items of a list; one item where it is something else. */
  static List<Value> itemsOf(Value value) {
    return value instanceof Value.Items(var items) ? items : List.of(value);
  }

  /** Where an item of {@link #itemsOf} is. */
  static Place placeOfItem(Value value, Place place, int index) {
    return value instanceof Value.Items ? place.item(index) : place;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The text of a member; empty where there is none. */
  String text(String name) {
    return optionalText(name).orElse("");
  }

  Optional<String> optionalText(String name) {
    return values.get(name) instanceof Value.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  SequencedMap<String, Value> members(String name) {
    return value(name).map(Fields::membersOf).orElse(Collections.emptyNavigableMap());
  }

  List<Value> items(String name) {
    return value(name).map(Fields::itemsOf).orElse(List.of());
  }

  /** The first member of an object that has one. */
  static Map.Entry<String, Value> only(Value value) {
    return membersOf(value).firstEntry();
  }
}
