package io.dioptra.worker.source;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A list or an object while it is being read. Parts come before wholes, so that no nesting is too
 * deep.
 */
final class Growth {
  /** A value, where it stands, and of how many values it consists with all references resolved. */
  record Grown(Value value, Spot spot, long size) {}

  /** The name of a member. */
  record Name(String text, Position at) {}

  private final Position at;
  private final boolean isObject;
  private final List<Value> items = new ArrayList<>();
  private final List<Spot> spots = new ArrayList<>();
  private final SequencedMap<String, Value> members = new LinkedHashMap<>();
  private final Map<String, Spot> named = new LinkedHashMap<>();
  private final List<Grown> merged = new ArrayList<>();
  private @Nullable Name pending;
  private boolean merging;
  private long size = 1;

  private Growth(Position at, boolean isObject) {
    this.at = at;
    this.isObject = isObject;
  }

  static Growth object(Position at) {
    return new Growth(at, true);
  }

  static Growth list(Position at) {
    return new Growth(at, false);
  }

  /** Whether the next part is the name of a member. */
  boolean wantsName() {
    return isObject && pending == null && !merging;
  }

  void name(String text, Position position) {
    pending = new Name(text, position);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** Where the member with this name stands. */
  Position positionOf(String name) {
    Spot spot = named.get(name);
    return spot == null ? at : spot.at();
  }

  /** The name of the member that is being read; empty within a list. */
  String current() {
    return pending == null ? "" : pending.text();
  }

  /** Adds an item, or the value of the member that was named last. A repeated name is replaced. */
  void add(Grown part) {
    size += part.size();
    if (pending == null) {
      items.add(part.value());
      spots.add(part.spot());
    } else {
      members.put(pending.text(), part.value());
      named.put(pending.text(), part.spot().named(pending.at()));
      pending = null;
    }
  }

  /** What comes next are objects whose members are to be taken over. */
  void startMerge() {
    merging = true;
  }

  boolean isMerging() {
    return merging;
  }

  /** Takes over the members of these, the later ones first; this object's own count most. */
  void merge(List<Grown> others) {
    others.forEach(it -> size += it.size());
    merged.addAll(others);
    merging = false;
  }

  Grown grown() {
    if (!isObject) {
      return new Grown(new Value.Items(items), Spot.ofItems(at, spots), size);
    }
    SequencedMap<String, Value> all = new LinkedHashMap<>();
    Map<String, Spot> spotsOfAll = new LinkedHashMap<>();
    for (Grown other : merged) {
      if (other.value() instanceof Value.Members(var values)) {
        all.putAll(values);
        spotsOfAll.putAll(other.spot().members());
      }
    }
    all.putAll(members);
    spotsOfAll.putAll(named);
    return new Grown(new Value.Members(all), Spot.ofMembers(at, spotsOfAll), size);
  }
}
