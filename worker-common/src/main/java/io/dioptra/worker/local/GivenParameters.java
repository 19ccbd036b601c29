package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.ParameterEntry;
import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.task.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Makes values of the texts that a user gives, by the types of a subject's parameters. */
final class GivenParameters {
  private GivenParameters() {}

  static SequencedMap<String, Value> of(Subject subject, Map<String, String> texts)
      throws SourceException {
    SequencedMap<String, ParameterType> types = types(subject);
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    for (var given : texts.entrySet()) {
      String name = given.getKey();
      ParameterType type = types.get(name);
      if (type == null) {
        throw new SourceException(
            "-P %s: %s has no parameter of this name%s"
                .formatted(
                    name,
                    subject.name(),
                    types.isEmpty() ? "" : ", only " + String.join(", ", types.keySet())));
      }
      Optional<Value> value = type.value(given.getValue());
      values.put(
          name,
          value.orElseThrow(
              () ->
                  new SourceException(
                      "-P %s: \"%s\" is no value of the type %s"
                          .formatted(name, given.getValue(), type.word()))));
    }
    return values;
  }

  private static SequencedMap<String, ParameterType> types(Subject subject) {
    SequencedMap<String, ParameterType> types = new LinkedHashMap<>();
    if (subject.origin().isPresent()) {
      for (ParameterEntry entry : subject.origin().get().entrypoint().parameters()) {
        types.put(entry.name(), entry.type());
      }
    } else if (subject.configuration().values().get("parameters")
        instanceof Value.Members(var parameters)) {
      parameters.forEach((name, declared) -> types.put(name, type(declared)));
    }
    return types;
  }

  /** A configuration has types of its own, or a default that shows what is meant. */
  private static ParameterType type(Value declared) {
    if (declared instanceof Value.Members(var members)) {
      String word = members.get("type") instanceof Value.Text(String text) ? text : "";
      return Arrays.stream(ParameterType.values())
          .filter(it -> it.engineType().filter(word::equals).isPresent())
          .findFirst()
          .orElseGet(() -> typeOf(members.getOrDefault("default", new Value.Null())));
    }
    return typeOf(declared);
  }

  private static ParameterType typeOf(Value standard) {
    return switch (standard) {
      case Value.Bool _ -> ParameterType.BOOLEAN;
      case Value.Int _ -> ParameterType.INTEGER;
      case Value.Real _ -> ParameterType.FLOAT;
      case Value.Items _ -> ParameterType.LIST;
      case Value.Members _ -> ParameterType.MAPPING;
      case Value.Null _, Value.Text _, Value.Reference _ -> ParameterType.STRING;
    };
  }
}
