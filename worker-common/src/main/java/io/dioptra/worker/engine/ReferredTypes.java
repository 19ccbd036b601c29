package io.dioptra.worker.engine;

import io.dioptra.worker.engine.type.Type;
import java.util.List;
import java.util.Map;

/**
 * The types of what references stand for: a parameter where no output is named, else an artifact,
 * else a step. References that the search for references does not see come here unchecked.
 */
final class ReferredTypes {
  private final Configuration configuration;
  private final TypeRegistry types;
  private final Map<String, Type> parameters;

  ReferredTypes(Configuration configuration, TypeRegistry types, Map<String, Type> parameters) {
    this.configuration = configuration;
    this.types = types;
    this.parameters = parameters;
  }

  /** The type of what a reference at the place stands for. */
  Type of(Reference reference, Place place) throws GraphException {
    Type parameter = parameters.get(reference.name());
    if (reference.output().isEmpty() && parameter != null) {
      return parameter;
    }
    List<NamedType> outputs = outputs(reference, place);
    if (outputs.isEmpty()) {
      throw new GraphException(
          "reference \"%s\": it produces no output".formatted(reference.text()), place);
    }
    NamedType output = declared(reference, outputs);
    return types.get(output.type(), output.place());
  }

  private List<NamedType> outputs(Reference reference, Place place) throws GraphException {
    List<NamedType> artifact = configuration.artifactInputs().get(reference.name());
    if (artifact != null) {
      return artifact;
    }
    Step step = configuration.steps().get(reference.name());
    TaskDefinition task = step == null ? null : configuration.tasks().get(step.invocation().task());
    if (task == null) {
      throw new GraphException("unresolvable reference: " + reference.name(), place);
    }
    return task.outputs();
  }

  /** As in Dioptra, the last output stands for one that is not declared; the run will tell. */
  private static NamedType declared(Reference reference, List<NamedType> outputs) {
    if (reference.output().isEmpty()) {
      return outputs.getFirst();
    }
    return outputs.stream()
        .filter(output -> output.name().equals(reference.output().get()))
        .findFirst()
        .orElse(outputs.getLast());
  }
}
