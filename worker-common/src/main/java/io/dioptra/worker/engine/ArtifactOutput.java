package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.SequencedMap;

/**
 * The declaration of an output artifact.
 *
 * @param contents a reference, or a text
 * @param task the class of the artifact task
 * @param arguments passed to it as they are
 */
record ArtifactOutput(String contents, String task, SequencedMap<String, Value> arguments) {
  static ArtifactOutput of(Value artifact) {
    Fields fields = Fields.of(artifact);
    Fields task = new Fields(fields.members("task"));
    return new ArtifactOutput(fields.text("contents"), task.text("name"), task.members("args"));
  }
}
