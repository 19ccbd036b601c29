package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shape that an example has to have. A network itself does not always notice another one: after
 * pooling, images that are larger by one may be of the same size.
 *
 * @param lengths of the axes of an example, -1 for what may vary; empty if nothing is known
 */
record InputShape(List<Long> lengths) {
  static final InputShape UNKNOWN = new InputShape(List.of());

  InputShape {
    lengths = List.copyOf(lengths);
  }

  /** That of the examples of an array. */
  static InputShape of(Tensor inputs) {
    return new InputShape(Arrays.stream(inputs.shape()).skip(1).boxed().toList());
  }

  /** Reads what {@link #text} wrote. */
  static InputShape parse(String text) {
    return new InputShape(
        Stream.of(text.strip().split(",", -1)).map(String::strip).map(Long::valueOf).toList());
  }

  String text() {
    return lengths.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * Compares inputs with it.
   *
   * @throws IllegalArgumentException if they differ, naming both
   */
  void check(Tensor inputs, String model) {
    if (lengths.isEmpty()) {
      return;
    }
    List<Long> found = of(inputs).lengths();
    boolean fits = found.size() == lengths.size();
    for (int axis = 0; fits && axis < found.size(); axis++) {
      fits = lengths.get(axis) < 0 || lengths.get(axis).equals(found.get(axis));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s takes float32 of shape %s; the inputs are %s".formatted(model, this, inputs));
    }
  }

  /** For example {@code (examples, 8, 8, 1)}. */
  @Override
  public String toString() {
    return lengths.stream()
        .map(it -> it < 0 ? "any" : it.toString())
        .collect(Collectors.joining(", ", "(examples, ", ")"));
  }
}
