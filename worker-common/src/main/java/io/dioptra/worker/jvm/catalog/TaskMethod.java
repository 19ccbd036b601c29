package io.dioptra.worker.jvm.catalog;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task: its method and what its annotations say.
 *
 * @param name {@code library.task}
 */
public record TaskMethod(
    String name, Method method, String description, List<TaskInput> inputs, List<Output> outputs) {
  public TaskMethod {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads the annotations.
   *
   * @throws IllegalArgumentException if the method cannot be a task
   */
  public static TaskMethod of(String library, Method method) {
    Task task = method.getAnnotation(Task.class);
    if (!Modifier.isStatic(method.getModifiers()) || !Modifier.isPublic(method.getModifiers())) {
      throw new IllegalArgumentException(method + " is a task and so has to be public and static");
    }
    Names.checked("the task of " + method, task.name());
    String name = library + "." + task.name();
    List<TaskInput> inputs = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      Input input = parameter.getAnnotation(Input.class);
      if (input == null) {
        throw new IllegalArgumentException(method + ": a parameter has no @Input");
      }
      inputs.add(TaskInput.of(name, input, parameter.getType()));
    }
    checkInputs(name, inputs);
    List<Output> outputs = List.of(task.outputs());
    outputs.forEach(it -> Names.checked("an output of " + name, it.name()));
    checkResult(method, outputs.size());
    method.trySetAccessible();
    return new TaskMethod(name, method, task.description(), inputs, outputs);
  }

  private static void checkInputs(String task, List<TaskInput> inputs) {
    Set<String> names = new HashSet<>();
    boolean optional = false;
    for (TaskInput input : inputs) {
      if (!names.add(input.name())) {
        throw new IllegalArgumentException(
            "%s has two inputs \"%s\"".formatted(task, input.name()));
      }
      if (optional && input.isRequired()) {
        throw new IllegalArgumentException(
            "%s: the input \"%s\" is required and so has to stand before those that are not"
                .formatted(task, input.name()));
      }
      optional = !input.isRequired();
    }
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
  public List<Object> bind(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    if (positional.size() > inputs.size()) {
      throw new IllegalArgumentException(
          "it takes %d arguments, but %d were given".formatted(inputs.size(), positional.size()));
    }
    List<@Nullable Object> given = new ArrayList<>(positional);
    while (given.size() < inputs.size()) {
      given.add(null);
    }
    named.forEach(
        (name, value) -> {
          int index = index(name);
          if (index < positional.size()) {
            throw new IllegalArgumentException("\"%s\" was given twice".formatted(name));
          }
          given.set(index, value);
        });
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      bound.add(inputs.get(i).accept(given.get(i)));
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

  /** The task's own name, without that of its library. */
  public String shortName() {
    return name.substring(name.indexOf('.') + 1);
  }

  /** Calls the method; throws what it throws. The items of the result are its outputs. */
  public @Nullable Object call(List<Object> arguments) throws Throwable {
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
