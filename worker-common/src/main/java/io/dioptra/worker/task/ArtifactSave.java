package io.dioptra.worker.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The writing of one output artifact.
 *
 * @param name the artifact's name
 * @param contents the value to write
 * @param task the class of the artifact task
 * @param arguments further arguments of that task, as configured
 * @param drop values that nobody reads after it
 */
public record ArtifactSave(
    String name,
    Value contents,
    String task,
    SequencedMap<String, Value> arguments,
    List<ValueHandle> drop) {
  public ArtifactSave {
    arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
    drop = List.copyOf(drop);
  }
}
