package io.dioptra.worker.engine;

import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The declaration of a task.
 *
 * @param plugin dotted name of its function
 * @param binding how the value it returns is given the names of the outputs
 */
record TaskDefinition(
    String plugin, List<TaskInput> inputs, List<NamedType> outputs, Outputs binding) {

  static TaskDefinition of(Value task, Place place) {
    Fields fields = Fields.of(task);
    List<NamedType> outputs =
        fields
            .value("outputs")
            .map(value -> NamedType.allOf(value, place.member("outputs")))
            .orElse(List.of());
    boolean several = fields.value("outputs").orElse(task) instanceof Value.Items;
    return new TaskDefinition(
        fields.text("plugin"),
        inputs(fields.items("inputs"), place.member("inputs")),
        outputs,
        binding(outputs, several));
  }

  private static List<TaskInput> inputs(List<Value> declared, Place place) {
    List<TaskInput> inputs = new ArrayList<>();
    for (Value input : declared) {
      inputs.add(TaskInput.of(input, place.item(inputs.size())));
    }
    return List.copyOf(inputs);
  }

  /** Inputs by name. Of a repeated name the first gives the position, the last the declaration. */
  SequencedMap<String, TaskInput> inputsByName() {
    SequencedMap<String, TaskInput> byName = new LinkedHashMap<>();
    inputs.forEach(input -> byName.put(input.name(), input));
    return byName;
  }

  private static Outputs binding(List<NamedType> outputs, boolean several) {
    if (outputs.isEmpty()) {
      return new Outputs.None();
    }
    return several
        ? new Outputs.Each(outputs.stream().map(NamedType::name).toList())
        : new Outputs.One(outputs.getFirst().name());
  }
}
