package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A name and the name of its type, which stands at the place: the declaration of an output. */
record NamedType(String name, String type, Place place) {
  /** Reads {@code {name: type}}, or a list of those. */
  static List<NamedType> allOf(Value outputs, Place place) {
    List<NamedType> read = new ArrayList<>();
    for (Value output : Fields.itemsOf(outputs)) {
      read.add(of(output, Fields.placeOfItem(outputs, place, read.size())));
    }
    return List.copyOf(read);
  }

  static NamedType of(Value output, Place place) {
    Map.Entry<String, Value> only = Fields.only(output);
    return new NamedType(
        only.getKey(),
        only.getValue() instanceof Value.Text(var type) ? type : "",
        place.member(only.getKey()));
  }
}
