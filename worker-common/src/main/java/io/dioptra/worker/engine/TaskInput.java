package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;

/**
 * The declaration of a parameter of a task.
 *
 * @param place where it is declared
 * @param typePlace where its type stands
 */
record TaskInput(String name, String type, boolean required, Place place, Place typePlace) {
  /** Reads the short form {@code {name: type}}, always required, or the long form. */
  static TaskInput of(Value input, Place place) {
    Fields fields = Fields.of(input);
    if (!fields.has("name")) {
      NamedType declared = NamedType.of(input, place);
      return new TaskInput(declared.name(), declared.type(), true, place, declared.place());
    }
    boolean required =
        !(fields.values().get("required") instanceof Value.Bool(boolean flag)) || flag;
    return new TaskInput(
        fields.text("name"), fields.text("type"), required, place, place.member("type"));
  }
}
