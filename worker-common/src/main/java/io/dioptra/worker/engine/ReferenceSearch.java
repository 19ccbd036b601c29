package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Finds the references in a step as Dioptra's ordering and checks see them: members in the order of
 * the document, depth first. An object with a member {@code task}, at any depth, is taken for the
 * mixed form of a step: only its {@code args} and {@code kwargs} are looked at.
 */
final class ReferenceSearch {
  private final List<Reference> found = new ArrayList<>();
  private final Deque<Iterator<Value>> open = new ArrayDeque<>();

  private ReferenceSearch() {}

  static List<Reference> in(Value value) {
    return new ReferenceSearch().search(value);
  }

  private List<Reference> search(Value value) {
    visit(value);
    while (!open.isEmpty()) {
      Iterator<Value> values = open.getLast();
      if (values.hasNext()) {
        visit(values.next());
      } else {
        open.removeLast();
      }
    }
    return List.copyOf(found);
  }

  private void visit(Value value) {
    switch (value) {
      case Value.Text(String text) -> Reference.parse(text).ifPresent(found::add);
      case Value.Items(var values) -> open.addLast(values.iterator());
      case Value.Members(var values) -> open.addLast(searched(values).iterator());
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Reference _ -> {}
    }
  }

  private static Collection<Value> searched(Map<String, Value> members) {
    if (!members.containsKey("task")) {
      return members.values();
    }
    List<Value> searched = new ArrayList<>();
    Value args = members.get("args");
    if (args != null) {
      searched.add(args);
    }
    Value kwargs = members.get("kwargs");
    if (kwargs instanceof Value.Members(var values)) {
      searched.addAll(values.values());
    } else if (kwargs != null) {
      searched.add(kwargs);
    }
    return searched;
  }
}
