package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

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
        read(fields, "parameters", (_, value, _) -> ParameterDefinition.of(value)),
        read(fields, "tasks", (_, value, place) -> TaskDefinition.of(value, place)),
        read(fields, "graph", Step::of),
        read(fields, "artifact_outputs", (_, value, _) -> ArtifactOutput.of(value)),
        read(fields, "artifact_inputs", (_, value, place) -> NamedType.allOf(value, place)));
  }

  /** The task that a step calls, which is known to exist. */
  TaskDefinition taskOf(Step step) {
    return Optional.ofNullable(tasks.get(step.invocation().task())).orElseThrow();
  }

  /** Reads one member of a section, which has a name and a place. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(String name, Value value, Place place);
  }

  private static <T> SequencedMap<String, T> read(
      Fields configuration, String section, Reader<T> reader) {
    SequencedMap<String, T> read = new LinkedHashMap<>();
    configuration
        .members(section)
        .forEach(
            (name, value) -> read.put(name, reader.read(name, value, Place.of(section, name))));
    return read;
  }
}
