package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;

/** The declaration of a parameter of a task. */
record TaskInput(String name, String type, boolean required) {
  /** Reads the short form {@code {name: type}}, always required, or the long form. */
  static TaskInput of(Value input) {
    Fields fields = Fields.of(input);
    if (!fields.has("name")) {
      NamedType declared = NamedType.allOf(input).getFirst();
      return new TaskInput(declared.name(), declared.type(), true);
    }
    boolean required =
        !(fields.values().get("required") instanceof Value.Bool(boolean flag)) || flag;
    return new TaskInput(fields.text("name"), fields.text("type"), required);
  }
}
