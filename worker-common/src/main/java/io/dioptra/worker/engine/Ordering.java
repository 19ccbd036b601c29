package io.dioptra.worker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Orders names by what they need, in exactly the order of the static order of Python's graphlib: in
 * groups of what is ready, which depend on the order of mentions and edges.
 */
final class Ordering {
  /** What came out. */
  sealed interface Result {
    record Sorted(List<String> names) implements Result {}

    /** From dependency to dependent; the first name again at the end. */
    record Cycle(List<String> names) implements Result {}
  }

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<List<Integer>> successors = new ArrayList<>();
  private final List<Integer> needs = new ArrayList<>();

  /** Makes a name known. The order of first mentions counts. */
  int mention(String name) {
    Integer known = numbers.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    successors.add(new ArrayList<>());
    needs.add(0);
    return names.size() - 1;
  }

  /** Adds an edge; a repeated edge is counted again. */
  void needs(String name, String needed) {
    int number = mention(name);
    successors.get(mention(needed)).add(number);
    needs.set(number, needs.get(number) + 1);
  }

  Result result() {
    int[] open = needs.stream().mapToInt(Integer::intValue).toArray();
    List<String> sorted = new ArrayList<>(names.size());
    List<Integer> group = new ArrayList<>();
    for (int number = 0; number < open.length; number++) {
      if (open[number] == 0) {
        group.add(number);
      }
    }
    while (!group.isEmpty()) {
      group.forEach(number -> sorted.add(names.get(number)));
      group = next(group, open);
    }
    return sorted.size() == names.size() ? new Result.Sorted(sorted) : cycle();
  }

  private List<Integer> next(List<Integer> group, int[] open) {
    List<Integer> next = new ArrayList<>();
    for (int number : group) {
      for (int successor : successors.get(number)) {
        if (--open[successor] == 0) {
          next.add(successor);
        }
      }
    }
    return next;
  }

  /** Depth first over successors, from the names in the order of their mention. */
  private Result.Cycle cycle() {
    boolean[] seen = new boolean[names.size()];
    int[] place = new int[names.size()];
    Arrays.fill(place, -1);
    for (int start = 0; start < seen.length; start++) {
      if (!seen[start]) {
        List<String> cycle = cycleFrom(start, seen, place);
        if (!cycle.isEmpty()) {
          return new Result.Cycle(cycle);
        }
      }
    }
    throw new IllegalStateException("no cycle although " + names.size() + " names have no order");
  }

  /** Empty where no cycle can be reached that was not seen before. */
  private List<String> cycleFrom(int start, boolean[] seen, int[] place) {
    List<Integer> path = new ArrayList<>();
    Deque<Iterator<Integer>> left = new ArrayDeque<>();
    enter(start, path, left, seen, place);
    while (!path.isEmpty()) {
      if (!left.getLast().hasNext()) {
        left.removeLast();
        place[path.removeLast()] = -1;
        continue;
      }
      int next = left.getLast().next();
      if (place[next] >= 0) {
        return closed(path.subList(place[next], path.size()), next);
      }
      if (!seen[next]) {
        enter(next, path, left, seen, place);
      }
    }
    return List.of();
  }

  private void enter(
      int number, List<Integer> path, Deque<Iterator<Integer>> left, boolean[] seen, int[] place) {
    seen[number] = true;
    place[number] = path.size();
    path.add(number);
    left.addLast(successors.get(number).iterator());
  }

  private List<String> closed(List<Integer> path, int first) {
    List<String> cycle = new ArrayList<>(path.stream().map(names::get).toList());
    cycle.add(names.get(first));
    return cycle;
  }
}
