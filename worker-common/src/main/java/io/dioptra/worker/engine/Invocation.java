package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/** Which task a step calls and with what, as written: references are not resolved. */
record Invocation(String task, List<Value> args, SequencedMap<String, Value> kwargs) {
  /** Reads the mixed form (a member {@code task}), or else the positional or keyword form. */
  static Invocation of(SequencedMap<String, Value> step) {
    Fields fields = new Fields(step);
    if (fields.has("task")) {
      return new Invocation(fields.text("task"), fields.items("args"), fields.members("kwargs"));
    }
    String task = taskOfShortForm(step);
    return fields.value(task).orElseThrow() instanceof Value.Members
        ? new Invocation(task, List.of(), fields.members(task))
        : new Invocation(task, fields.items(task), Collections.emptyNavigableMap());
  }

  /** The first member that is not {@code dependencies}; the schema asks for one. */
  private static String taskOfShortForm(SequencedMap<String, Value> step) {
    return step.sequencedKeySet().stream()
        .filter(name -> !name.equals("dependencies"))
        .findFirst()
        .orElseThrow();
  }
}
