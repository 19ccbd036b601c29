package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/**
 * Which task a step calls and with what, as written: references are not resolved.
 *
 * @param taskPlace where the task is named
 * @param written the arguments as they stand at {@code argsPlace}: a list, or one alone
 */
record Invocation(
    String task,
    SequencedMap<String, Value> kwargs,
    Value written,
    Place taskPlace,
    Place argsPlace,
    Place kwargsPlace) {
  private static final Value NONE = Value.items();

  /** Reads the mixed form (a member {@code task}), or else the positional or keyword form. */
  static Invocation of(SequencedMap<String, Value> step, Place place) {
    Fields fields = new Fields(step);
    if (fields.has("task")) {
      return new Invocation(
          fields.text("task"),
          fields.members("kwargs"),
          fields.value("args").orElse(NONE),
          place.member("task"),
          place.member("args"),
          place.member("kwargs"));
    }
    String task = taskOfShortForm(step);
    Value arguments = fields.value(task).orElseThrow();
    Place here = place.member(task);
    return arguments instanceof Value.Members(var keywords)
        ? new Invocation(task, keywords, NONE, here, here, here)
        : new Invocation(task, Collections.emptyNavigableMap(), arguments, here, here, here);
  }

  /** The arguments without keyword. */
  List<Value> args() {
    return Fields.itemsOf(written);
  }

  Place placeOfArg(int index) {
    return Fields.placeOfItem(written, argsPlace, index);
  }

  /** The first member that is not {@code dependencies}; the schema asks for one. */
  static String taskOfShortForm(SequencedMap<String, Value> step) {
    return step.sequencedKeySet().stream()
        .filter(name -> !name.equals("dependencies"))
        .findFirst()
        .orElseThrow();
  }
}
