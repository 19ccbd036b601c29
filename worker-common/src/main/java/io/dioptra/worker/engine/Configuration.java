package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/** A job's configuration, read. All maps are in the order of the document. */
record Configuration(
    SequencedMap<String, Value> types,
    SequencedMap<String, ParameterDefinition> parameters,
    SequencedMap<String, TaskDefinition> tasks,
    SequencedMap<String, Step> steps,
    SequencedMap<String, ArtifactOutput> artifactOutputs,
    SequencedMap<String, List<NamedType>> artifactInputs) {

  /** Reads what has passed the schema and holds no swaps. */
  static Configuration of(Value.Members configuration) {
    Fields fields = Fields.of(configuration);
    return new Configuration(
        fields.members("types"),
        read(fields.members("parameters"), (_, value) -> ParameterDefinition.of(value)),
        read(fields.members("tasks"), (_, value) -> TaskDefinition.of(value)),
        read(fields.members("graph"), Step::of),
        read(fields.members("artifact_outputs"), (_, value) -> ArtifactOutput.of(value)),
        read(fields.members("artifact_inputs"), (_, value) -> NamedType.allOf(value)));
  }

  private static <T> SequencedMap<String, T> read(
      SequencedMap<String, Value> section, BiFunction<String, Value, T> reader) {
    SequencedMap<String, T> read = new LinkedHashMap<>();
    section.forEach((name, value) -> read.put(name, reader.apply(name, value)));
    return read;
  }
}
