package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the references in a step as Dioptra's ordering and checks see them: members in the order of
 * the document, depth first. An object with a member {@code task}, at any depth, is taken for the
 * mixed form of a step: only its {@code args} and {@code kwargs} are looked at.
 */
final class ReferenceSearch {
  /** A reference and where it stands. */
  record Found(Reference reference, Place place) {}

  private record Located(Value value, Place place) {}

  private final List<Found> found = new ArrayList<>();
  private final Deque<Iterator<Located>> open = new ArrayDeque<>();

  private ReferenceSearch() {}

  static List<Found> in(Value value, Place place) {
    return new ReferenceSearch().search(new Located(value, place));
  }

  private List<Found> search(Located start) {
    visit(start);
    while (!open.isEmpty()) {
      Iterator<Located> values = open.getLast();
      if (values.hasNext()) {
        visit(values.next());
      } else {
        open.removeLast();
      }
    }
    return List.copyOf(found);
  }

  private void visit(Located located) {
    Place place = located.place();
    switch (located.value()) {
      case Value.Text(String text) ->
          Reference.parse(text).ifPresent(reference -> found.add(new Found(reference, place)));
      case Value.Items(var values) -> open.addLast(items(values, place));
      case Value.Members(var members) ->
          open.addLast(
              members.containsKey("task") ? arguments(members, place) : all(members, place));
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Reference _ -> {}
    }
  }

  private static Iterator<Located> items(List<Value> values, Place place) {
    return IntStream.range(0, values.size())
        .mapToObj(index -> new Located(values.get(index), place.item(index)))
        .iterator();
  }

  private static Iterator<Located> all(Map<String, Value> members, Place place) {
    return members.entrySet().stream()
        .map(member -> new Located(member.getValue(), place.member(member.getKey())))
        .iterator();
  }

  private static Iterator<Located> arguments(Map<String, Value> members, Place place) {
    List<Located> searched = new ArrayList<>();
    Value args = members.get("args");
    if (args != null) {
      searched.add(new Located(args, place.member("args")));
    }
    Value kwargs = members.get("kwargs");
    if (kwargs instanceof Value.Members(var values)) {
      all(values, place.member("kwargs")).forEachRemaining(searched::add);
    } else if (kwargs != null) {
      searched.add(new Located(kwargs, place.member("kwargs")));
    }
    return searched.iterator();
  }
}
