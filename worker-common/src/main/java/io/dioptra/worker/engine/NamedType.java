package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.List;
import java.util.Map;

/** A name and the name of its type: the declaration of an output. */
record NamedType(String name, String type) {
  /** Reads {@code {name: type}}, or a list of those. */
  static List<NamedType> allOf(Value outputs) {
    return Fields.itemsOf(outputs).stream().map(NamedType::of).toList();
  }

  private static NamedType of(Value output) {
    Map.Entry<String, Value> only = Fields.only(output);
    return new NamedType(only.getKey(), only.getValue() instanceof Value.Text(var t) ? t : "");
  }
}
