package io.dioptra.worker.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a text, and where its parts do.
 *
 * @param at where it begins; of an object or a list that has a name, where the name does
 */
public record Spot(Position at, Map<String, Spot> members, List<Spot> items) {
  static Spot of(Position at) {
    return new Spot(at, Map.of(), List.of());
  }

  static Spot ofMembers(Position at, Map<String, Spot> members) {
    return new Spot(at, Collections.unmodifiableMap(new LinkedHashMap<>(members)), List.of());
  }

  static Spot ofItems(Position at, List<Spot> items) {
    return new Spot(at, Map.of(), List.copyOf(items));
  }

  /** The same under a name: what spans lines is looked for at its name. */
  Spot named(Position name) {
    return members.isEmpty() && items.isEmpty() ? this : new Spot(name, members, items);
  }

  /**
   * The part to which names, and numbers from 0, lead from here; the nearest one around it, where
   * it is not there. Empty where the first of them is not.
   */
  public Optional<Spot> find(List<?> path) {
    Spot found = this;
    boolean inside = path.isEmpty();
    for (Object part : path) {
      Spot next = found.part(part);
      if (next == null) {
        break;
      }
      found = next;
      inside = true;
    }
    return inside ? Optional.of(found) : Optional.empty();
  }

  private @Nullable Spot part(Object part) {
    if (items.isEmpty()) {
      return members.get(String.valueOf(part));
    }
    int index = part instanceof Integer number ? number : index(String.valueOf(part));
    return index >= 0 && index < items.size() ? items.get(index) : null;
  }

  private static int index(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
