package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.Optional;

/** The declaration of a parameter: a plain default, or an object with type, default or both. */
record ParameterDefinition(Optional<String> type, Optional<Value> fallback) {
  static ParameterDefinition of(Value parameter) {
    if (!(parameter instanceof Value.Members)) {
      return new ParameterDefinition(Optional.empty(), Optional.of(parameter));
    }
    Fields fields = Fields.of(parameter);
    return new ParameterDefinition(fields.optionalText("type"), fields.value("default"));
  }
}
