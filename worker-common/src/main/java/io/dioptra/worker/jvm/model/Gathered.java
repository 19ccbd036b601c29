package io.dioptra.worker.jvm.model;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of all examples, put together batch by batch: float32, one row for each
 * example. Its shape is known with the first batch. For one thread.
 */
public final class Gathered {
  private final Tensor inputs;
  private @Nullable Tensor all;

  /**
   * @param inputs the first axis that of the examples
   */
  public Gathered(Tensor inputs) {
    this.inputs = inputs;
  }

  /**
   * Takes what came of a batch; the batches come in order.
   *
   * @param shape of the values
   * @param values float32 in C order
   * @throws IllegalArgumentException if there is not one row for each example, each like the first
   */
  public void put(Rows rows, long[] shape, MemorySegment values) {
    if (shape.length == 0 || shape[0] != rows.count()) {
      throw new IllegalArgumentException(
          "the model gives an array of shape %s for %d examples, but one row for each is expected"
              .formatted(Arrays.toString(shape), rows.count()));
    }
    long examples = inputs.length(0);
    long[] expected = shape.clone();
    expected[0] = examples;
    if (all == null) {
      all = Tensor.allocate(ElementType.FLOAT32, expected);
    }
    if (!Arrays.equals(all.shape(), expected)) {
      throw new IllegalArgumentException(
          "the model gives rows of another shape for each batch: an array of shape %s from example %d on, but %s was expected"
              .formatted(Arrays.toString(shape), rows.first(), Arrays.toString(all.shape())));
    }
    long row = all.memory().byteSize() / Math.max(1, examples);
    MemorySegment.copy(values, 0, all.memory(), rows.first() * row, rows.count() * row);
  }

  /** All of it; the caller's own. */
  public Tensor tensor() {
    return Objects.requireNonNull(all, "no batch was put");
  }
}
