package io.dioptra.worker.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * One call of a task for one step.
 *
 * @param plugin dotted name of the function: package, module, function
 * @param drop values that nobody reads after this call, perhaps outputs of its own
 */
public record TaskCall(
    String step,
    String plugin,
    List<Value> arguments,
    SequencedMap<String, Value> keywords,
    Outputs outputs,
    List<ValueHandle> drop) {
  public TaskCall {
    arguments = List.copyOf(arguments);
    drop = List.copyOf(drop);
    keywords = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(keywords));
  }
}
