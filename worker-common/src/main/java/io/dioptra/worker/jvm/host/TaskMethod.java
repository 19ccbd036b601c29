package io.dioptra.worker.jvm.host;

import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task: its method and what its annotations say.
 *
 * @param name {@code library.task}
 */
record TaskMethod(String name, Method method, List<TaskInput> inputs, List<Output> outputs) {
  TaskMethod {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads the annotations.
   *
   * @throws IllegalArgumentException if the method cannot be a task
   */
  static TaskMethod of(String library, Method method) {
    Task task = method.getAnnotation(Task.class);
    if (!Modifier.isStatic(method.getModifiers()) || !Modifier.isPublic(method.getModifiers())) {
      throw new IllegalArgumentException(method + " is a task and so has to be public and static");
    }
    List<TaskInput> inputs = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      Input input = parameter.getAnnotation(Input.class);
      if (input == null) {
        throw new IllegalArgumentException(method + ": a parameter has no @Input");
      }
      inputs.add(TaskInput.of(input, parameter.getType()));
    }
    List<Output> outputs = List.of(task.outputs());
    checkResult(method, outputs.size());
    method.trySetAccessible();
    return new TaskMethod(library + "." + task.name(), method, inputs, outputs);
  }

  private static void checkResult(Method method, int outputs) {
    Class<?> result = method.getReturnType();
    int given =
        result.isRecord() && outputs != 1
            ? result.getRecordComponents().length
            : result == void.class ? 0 : 1;
    if (given != outputs) {
      throw new IllegalArgumentException(
          method + " gives " + given + " values, but its @Task names " + outputs + " outputs");
    }
  }

  /**
   * Matches the arguments of a call with the parameters, as Python does.
   *
   * @throws IllegalArgumentException with the reason, for whoever wrote the entrypoint
   */
  List<Object> bind(Arguments arguments, JsonNode positional, JsonNode named) throws Exception {
    if (positional.size() > inputs.size()) {
      throw new IllegalArgumentException(
          "it takes %d arguments, but %d were given".formatted(inputs.size(), positional.size()));
    }
    @Nullable JsonNode[] given = new @Nullable JsonNode[inputs.size()];
    for (int i = 0; i < positional.size(); i++) {
      given[i] = positional.get(i);
    }
    for (JsonNode pair : named) {
      int index = index(pair.path(0).asString(""));
      if (given[index] != null) {
        throw new IllegalArgumentException(
            "\"%s\" was given twice".formatted(inputs.get(index).name()));
      }
      given[index] = pair.path(1);
    }
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      JsonNode value = given[i];
      bound.add(inputs.get(i).accept(value == null ? null : arguments.decode(value)));
    }
    return bound;
  }

  private int index(String input) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(input)) {
        return i;
      }
    }
    throw new IllegalArgumentException("it has no input \"%s\"".formatted(input));
  }

  /** Calls the method; throws what it throws. The items of the result are its outputs. */
  @Nullable Object call(List<Object> arguments) throws Throwable {
    Object result;
    try {
      result = method.invoke(null, arguments.toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    return outputs.size() > 1 && result instanceof Record record ? components(record) : result;
  }

  private static List<@Nullable Object> components(Record record) throws Exception {
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Method accessor = component.getAccessor();
      accessor.trySetAccessible();
      values.add(accessor.invoke(record));
    }
    return values;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(inputs.toArray());
  }
}
