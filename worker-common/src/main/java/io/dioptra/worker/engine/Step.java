package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.List;
import java.util.SequencedMap;

/**
 * A step of the graph.
 *
 * @param dependencies the steps named as such
 * @param references those that Dioptra finds for ordering and checking
 * @param ambiguous whether its short form has two members that may name the task
 */
record Step(
    String name,
    Invocation invocation,
    Dependencies dependencies,
    List<ReferenceSearch.Found> references,
    boolean ambiguous,
    Place place) {

  /** What a step names as dependencies: a list at a place, or one alone. */
  record Dependencies(Value written, Place place) {
    List<String> names() {
      return Fields.itemsOf(written).stream()
          .map(dependency -> dependency instanceof Value.Text(String text) ? text : "")
          .toList();
    }

    Place placeOf(String name) {
      return Fields.placeOfItem(written, place, names().indexOf(name));
    }
  }

  static Step of(String name, Value body, Place place) {
    SequencedMap<String, Value> members = Fields.membersOf(body);
    Fields fields = new Fields(members);
    boolean ambiguous = !fields.has("task") && members.size() == 2 && !fields.has("dependencies");
    return new Step(
        name,
        Invocation.of(members, place),
        new Dependencies(
            fields.value("dependencies").orElse(Value.items()), place.member("dependencies")),
        ReferenceSearch.in(body, place),
        ambiguous,
        place);
  }
}
