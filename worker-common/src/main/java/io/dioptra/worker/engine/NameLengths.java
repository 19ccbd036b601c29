package io.dioptra.worker.engine;

import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Refuses long names: messages about other parts repeat them, so that a name of a megabyte could
 * make gigabytes. For configurations whose nesting is known to be harmless.
 */
final class NameLengths {
  private static final int LONGEST = 1000;
  private static final int SHOWN = 30;

  /** How deep in a section names are: those of a step's choice, its task and its arguments too. */
  private static final Map<String, Integer> LEVELS =
      Map.of("parameters", 1, "graph", 5, "artifact_outputs", 1);

  private final List<Issue> issues = new ArrayList<>();

  private NameLengths() {}

  static List<Issue> check(Value.Members configuration) {
    NameLengths lengths = new NameLengths();
    configuration
        .values()
        .forEach(
            (section, value) -> {
              int levels = LEVELS.getOrDefault(section, Integer.MAX_VALUE);
              lengths.visit(value, Place.of(section), levels);
            });
    return lengths.issues;
  }

  /** Takes how many levels of names are left. In sections without limit texts are names, too. */
  private void visit(Value value, Place place, int levels) {
    switch (value) {
      case Value.Members(var members) when levels > 0 ->
          members.forEach(
              (name, member) -> {
                Place here = isShort(name, place) ? place.member(name) : place;
                visit(member, here, levels == Integer.MAX_VALUE ? levels : levels - 1);
              });
      case Value.Items(var items) when levels == Integer.MAX_VALUE -> {
        for (int index = 0; index < items.size(); index++) {
          visit(items.get(index), place.item(index), levels);
        }
      }
      case Value.Text(String text) when levels == Integer.MAX_VALUE -> isShort(text, place);
      case Value.Members _, Value.Items _, Value.Text _ -> {}
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Reference _ -> {}
    }
  }

  private boolean isShort(String name, Place place) {
    if (name.length() <= LONGEST) {
      return true;
    }
    if (issues.isEmpty()) {
      issues.add(
          Issue.schema(
              "In %s: a name of %d characters, the most are %d: %s…"
                  .formatted(
                      SchemaLocation.of(place.path()),
                      name.length(),
                      LONGEST,
                      PythonText.quote(name.substring(0, SHOWN))),
              place));
    }
    return false;
  }
}
