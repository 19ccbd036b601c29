package io.dioptra.worker.jvm.catalog;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Tensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a parameter takes, and the check of what it is given.
 *
 * @param type of the parameter, boxed
 */
public record TaskInput(Input input, Class<?> type) {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private static final Map<Class<?>, String> WORDS =
      Map.of(
          Boolean.class, "a boolean",
          Integer.class, "an integer of 32 bits",
          Long.class, "an integer of 64 bits",
          BigInteger.class, "an integer",
          Float.class, "a number",
          Double.class, "a number",
          String.class, "a text",
          List.class, "a list",
          Map.class, "an object with members",
          Tensor.class, "an array");

  static TaskInput of(String task, Input input, Class<?> type) {
    Names.checked("an input of " + task, input.name());
    TaskInput made = new TaskInput(input, BOXES.getOrDefault(type, type));
    boolean absent = !made.isRequired() && input.defaultValue().isEmpty();
    if (type.isPrimitive() && (absent || !BOXES.containsKey(type))) {
      throw new IllegalArgumentException(
          "%s: the input \"%s\" cannot be of type %s%s"
              .formatted(task, input.name(), type, absent ? " without a defaultValue" : ""));
    }
    made.checkDefault(task);
    return made;
  }

  private void checkDefault(String task) {
    if (!input.defaultValue().isEmpty()) {
      try {
        var _ = accept(null);
      } catch (IllegalArgumentException | JacksonException e) {
        throw new IllegalArgumentException(task + ": the defaultValue: " + e.getMessage(), e);
      }
    }
  }

  public String name() {
    return input.name();
  }

  /** Whether a step has to give it. */
  public boolean isRequired() {
    return input.required() && input.defaultValue().isEmpty();
  }

  /**
   * Returns the value as the parameter takes it.
   *
   * @throws IllegalArgumentException naming what is expected and what was found
   */
  Object accept(@Nullable Object value) {
    if (value == null) {
      if (isRequired()) {
        throw refused("nothing");
      }
      return input.defaultValue().isEmpty() ? absent() : accept(defaultValue());
    }
    Object fitting = fit(value);
    if (!type.isInstance(fitting)) {
      throw refused(describe(value));
    }
    if (fitting instanceof Tensor tensor && !matches(tensor)) {
      throw refused("an array " + tensor + remedy(tensor));
    }
    return fitting;
  }

  private Object defaultValue() {
    JsonNode value = JsonMapper.shared().readTree(input.defaultValue());
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    return value.isNumber()
        ? value.doubleValue()
        : value.isBoolean() ? (Object) value.booleanValue() : value.asString();
  }

  /** What reflection takes for null, which its parameters cannot say. */
  @SuppressWarnings("NullAway") // an input that is not required is declared as one that may be null
  private static Object absent() {
    return null;
  }

  private Object fit(Object value) {
    if (value instanceof Long number) {
      if (type == Integer.class && number.intValue() == number) {
        return number.intValue();
      }
      if (type == BigInteger.class) {
        return BigInteger.valueOf(number);
      }
    }
    if (value instanceof Number number && !(value instanceof BigInteger)) {
      if (type == Double.class) {
        return number.doubleValue();
      }
      if (type == Float.class) {
        return number.floatValue();
      }
    }
    return value;
  }

  private boolean matches(Tensor tensor) {
    List<ElementType> elements = List.of(input.elements());
    if (!elements.isEmpty() && !elements.contains(tensor.type())) {
      return false;
    }
    long[] expected = input.shape();
    if (expected.length == 0) {
      return true;
    }
    if (expected.length != tensor.rank()) {
      return false;
    }
    for (int axis = 0; axis < expected.length; axis++) {
      if (expected[axis] != Input.ANY && expected[axis] != tensor.length(axis)) {
        return false;
      }
    }
    return true;
  }

  /** An array is not converted unasked: that takes memory, and a wrong type may be a mistake. */
  private String remedy(Tensor tensor) {
    List<ElementType> elements = List.of(input.elements());
    return elements.isEmpty() || elements.contains(tensor.type())
        ? ""
        : "; in Python, array.astype(\"%s\") converts it".formatted(elements.getFirst().word());
  }

  private IllegalArgumentException refused(String found) {
    return new IllegalArgumentException(
        "\"%s\" has to be %s; it is %s".formatted(name(), expected(), found));
  }

  /** For people: what it takes, as Java sees it. */
  public String expected() {
    if (type != Tensor.class) {
      return WORDS.getOrDefault(type, "an object of class " + type.getName());
    }
    String elements =
        Arrays.stream(input.elements()).map(ElementType::word).collect(Collectors.joining(" or "));
    String shape =
        Arrays.stream(input.shape())
            .mapToObj(it -> it == Input.ANY ? "any" : String.valueOf(it))
            .collect(Collectors.joining(", ", " of shape (", ")"));
    return "an array"
        + (elements.isEmpty() ? "" : " " + elements)
        + (input.shape().length == 0 ? "" : shape);
  }

  private static String describe(Object value) {
    return switch (value) {
      case Tensor tensor -> "an array " + tensor;
      case String text ->
          "the text \"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
      case Boolean flag -> "the boolean " + flag;
      case Number number -> "the number " + number;
      case List<?> list -> "a list of " + list.size();
      case Map<?, ?> members -> "an object with the members " + members.keySet();
      default -> "an object of class " + value.getClass().getName();
    };
  }
}
