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
    List<String> dependencies,
    List<Reference> references,
    boolean ambiguous) {

  static Step of(String name, Value body) {
    SequencedMap<String, Value> members = Fields.membersOf(body);
    Fields fields = new Fields(members);
    List<String> dependencies =
        fields.items("dependencies").stream()
            .map(dependency -> dependency instanceof Value.Text(String text) ? text : "")
            .toList();
    boolean ambiguous = !fields.has("task") && members.size() == 2 && !fields.has("dependencies");
    return new Step(
        name, Invocation.of(members), dependencies, ReferenceSearch.in(body), ambiguous);
  }
}
