package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import io.dioptra.worker.task.ValueHandle.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Which values exist so far, and the handles by which references reach them. */
final class KnownValues {
  private final Set<String> parameters;
  private final Map<String, List<String>> artifacts;
  private final Map<String, List<String>> steps = new HashMap<>();

  /** Takes the outputs that each input artifact brought. */
  KnownValues(Set<String> parameters, Map<String, List<String>> artifacts) {
    this.parameters = new HashSet<>(parameters);
    this.artifacts = Map.copyOf(artifacts);
  }

  /** A step whose task declares outputs is known from its end on, also without a value. */
  void stepDone(String step, List<String> outputs) {
    steps.put(step, List.copyOf(outputs));
  }

  /** Replaces references, and removes one dollar sign of an escaped text; keys stay as they are. */
  Value resolve(Value written) throws UnresolvableException {
    return switch (written) {
      case Value.Text(String text) -> resolve(text);
      case Value.Items(var items) -> new Value.Items(resolveAll(items));
      case Value.Members(var members) -> new Value.Members(resolveAll(members));
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Reference _ -> written;
    };
  }

  List<Value> resolveAll(List<Value> written) throws UnresolvableException {
    List<Value> resolved = new ArrayList<>(written.size());
    for (Value value : written) {
      resolved.add(resolve(value));
    }
    return resolved;
  }

  SequencedMap<String, Value> resolveAll(SequencedMap<String, Value> written)
      throws UnresolvableException {
    SequencedMap<String, Value> resolved = new LinkedHashMap<>();
    for (Map.Entry<String, Value> member : written.entrySet()) {
      resolved.put(member.getKey(), resolve(member.getValue()));
    }
    return resolved;
  }

  private Value resolve(String text) throws UnresolvableException {
    var reference = Reference.parse(text);
    if (reference.isEmpty()) {
      return new Value.Text(Reference.unescape(text));
    }
    return new Value.Reference(
        reference.get().output().isPresent()
            ? named(reference.get().name(), reference.get().output().get())
            : bare(reference.get().name()));
  }

  private ValueHandle named(String name, String output) throws UnresolvableException {
    List<String> ofStep = steps.get(name);
    if (ofStep != null) {
      if (!ofStep.contains(output)) {
        throw new UnresolvableException(
            "Unrecognized output of step \"%s\": %s".formatted(name, output));
      }
      return new ValueHandle(Origin.STEP, name, output);
    }
    List<String> ofArtifact = artifacts.getOrDefault(name, List.of());
    if (ofArtifact.isEmpty()) {
      throw new UnresolvableException("Unresolvable reference: " + name);
    }
    if (!ofArtifact.contains(output)) {
      throw new UnresolvableException(
          "Unrecognized output of artifact parameter \"%s\": %s".formatted(name, output));
    }
    return new ValueHandle(Origin.ARTIFACT, name, output);
  }

  private ValueHandle bare(String name) throws UnresolvableException {
    if (parameters.contains(name)) {
      return new ValueHandle(Origin.PARAMETER, name, "");
    }
    List<String> ofStep = steps.get(name);
    if (ofStep != null) {
      return new ValueHandle(Origin.STEP, name, only(name, ofStep));
    }
    List<String> ofArtifact = artifacts.get(name);
    if (ofArtifact != null) {
      return new ValueHandle(Origin.ARTIFACT, name, only(name, ofArtifact));
    }
    throw new UnresolvableException("Unresolvable reference: " + name);
  }

  private static String only(String name, List<String> outputs) throws UnresolvableException {
    if (outputs.size() != 1) {
      throw new UnresolvableException(
          "An output name is required when referring to a step with more than one output: " + name);
    }
    return outputs.getFirst();
  }
}
