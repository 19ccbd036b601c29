package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Refuses what is nested so deep that recursion over it could end the thread. Dioptra's own engine
 * fails from about 350 levels on in values, and from about 90 in types.
 */
final class Nesting {
  private static final int VALUES = 500;
  private static final int TYPES = 100;

  private Nesting() {}

  static List<Issue> check(Value.Members configuration) {
    for (Map.Entry<String, Value> section : configuration.values().entrySet()) {
      int limit = section.getKey().equals("types") ? TYPES : VALUES;
      if (depthOver(section.getValue(), limit)) {
        return List.of(
            Issue.schema(
                "In %s: nested deeper than %d levels"
                    .formatted(SchemaLocation.of(List.of(section.getKey())), limit),
                Place.of(section.getKey())));
      }
    }
    return List.of();
  }

  private static boolean depthOver(Value value, int limit) {
    Deque<Iterator<Value>> open = new ArrayDeque<>();
    open.addLast(List.of(value).iterator());
    while (!open.isEmpty() && open.size() <= limit) {
      if (open.getLast().hasNext()) {
        Collection<Value> parts = partsOf(open.getLast().next());
        if (!parts.isEmpty()) {
          open.addLast(parts.iterator());
        }
      } else {
        open.removeLast();
      }
    }
    return !open.isEmpty();
  }

  private static Collection<Value> partsOf(Value value) {
    return switch (value) {
      case Value.Items(var values) -> values;
      case Value.Members(var values) -> values.values();
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Text _, Value.Reference _ ->
          List.of();
    };
  }
}
