package io.dioptra.worker.jvm.model;

import io.dioptra.worker.jvm.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Some examples of an array, one after the other. */
public record Rows(Tensor tensor, long first, long count) {
  /**
   * All examples in batches; one empty batch if there is none.
   *
   * @throws IllegalArgumentException if the array has no axis of examples, or the size is no size
   */
  public static List<Rows> of(Tensor tensor, int batch) {
    if (tensor.rank() == 0) {
      throw new IllegalArgumentException(
          "the first axis of the inputs has to be that of the examples; they are " + tensor);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch_size has to be 1 or more; it is " + batch);
    }
    List<Rows> all = new ArrayList<>();
    for (long at = 0; at == 0 || at < tensor.length(0); at += batch) {
      all.add(new Rows(tensor, at, Math.min(batch, tensor.length(0) - at)));
    }
    return all;
  }

  /** Their elements, one after the other. */
  public MemorySegment memory() {
    long row = tensor.memory().byteSize() / Math.max(1, tensor.length(0));
    return tensor.memory().asSlice(first * row, count * row);
  }

  /** Of these examples, as an array of their own. */
  public long[] shape() {
    long[] shape = tensor.shape();
    shape[0] = count;
    return shape;
  }
}
