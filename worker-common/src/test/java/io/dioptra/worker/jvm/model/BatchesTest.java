package io.dioptra.worker.jvm.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void whatComesOfBatchesIsPutTogetherInOrder() {
    Tensor inputs = floats(new long[] {5, 2}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    List<Rows> batches = Rows.of(inputs, 2);
    assertThat(batches).extracting(Rows::count).containsExactly(2L, 2L, 1L);
    assertThat(batches.getLast().shape()).containsExactly(1, 2);
    Gathered gathered = new Gathered(inputs);
    batches.forEach(it -> gathered.put(it, it.shape(), it.memory()));
    assertThat(gathered.tensor().shape()).containsExactly(5, 2);
    assertThat(gathered.tensor().memory().toArray(JAVA_FLOAT))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void noExamplesAreOneEmptyBatch() {
    Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 3);
    Rows rows = Rows.of(none, 8).getFirst();
    Gathered gathered = new Gathered(none);
    gathered.put(rows, new long[] {0, 7}, MemorySegment.NULL);
    assertThat(gathered.tensor().shape()).containsExactly(0, 7);
  }

  @Test
  void aBatchThatDoesNotFitIsToldWithBothShapes() {
    Tensor inputs = Tensor.allocate(ElementType.FLOAT32, 4, 1);
    Gathered gathered = new Gathered(inputs);
    MemorySegment values = MemorySegment.ofArray(new float[4]);
    List<Rows> batches = Rows.of(inputs, 2);
    assertThatThrownBy(() -> gathered.put(batches.getFirst(), new long[] {1, 2}, values))
        .hasMessageContaining("of shape [1, 2] for 2 examples, but one row for each is expected");
    assertThatThrownBy(() -> gathered.put(batches.getFirst(), new long[0], values))
        .hasMessageContaining("of shape [] for 2 examples");
    gathered.put(batches.getFirst(), new long[] {2, 1}, values);
    assertThatThrownBy(() -> gathered.put(batches.getLast(), new long[] {2, 2}, values))
        .hasMessageContaining("of shape [2, 2] from example 2 on, but [4, 1] was expected");
  }

  @Test
  void pixelsMoveByEpsilonAndStayInTheirRange() {
    Tensor inputs = floats(new long[] {1, 4}, 0.5f, 0.5f, 0.5f, 0.95f);
    Tensor gradient = floats(new long[] {1, 4}, 3, -2, 0, 1);
    new FastGradient(0.25f, 0, 1).move(inputs, gradient);
    assertThat(gradient.memory().toArray(JAVA_FLOAT)).containsExactly(0.75f, 0.25f, 0.5f, 1);
    assertThatThrownBy(() -> new FastGradient(0.25f, 1, 0))
        .hasMessage("minimum has to be maximum or less; they are 1.0 and 0.0");
    Tensor other = Tensor.allocate(ElementType.FLOAT32, 4, 1);
    assertThatThrownBy(() -> new FastGradient(0.25f, 0, 1).move(inputs, other))
        .hasMessage(
            "a gradient has the shape of the inputs, float32 of shape (1, 4); this is float32 of"
                + " shape (4, 1)");
  }

  @Test
  void aSlopeThatIsNoNumberIsToldWithItsExample() {
    Tensor inputs = floats(new long[] {2, 2}, 0, 0, 0, 0);
    Tensor gradient = floats(new long[] {2, 2}, 1, 1, 1, Float.NaN);
    assertThatThrownBy(() -> new FastGradient(0.25f, 0, 1).move(inputs, gradient))
        .hasMessageContaining("example 1 cannot be moved: its input or");
    assertThatThrownBy(() -> new FastGradient(Float.NaN, 0, 1))
        .hasMessage("epsilon has to be a finite number; it is NaN");
  }

  @Test
  void nothingIsNotMeasured() {
    assertThatThrownBy(() -> Speed.of(0, 1, 0, () -> Duration.ZERO))
        .hasMessage("there are no examples to measure with");
  }

  @Test
  void callsBeforeTheMeasurementAreNotCounted() {
    int[] calls = {0};
    Speed speed = Speed.of(2, 3, 10, () -> Duration.ofMillis(calls[0]++ < 2 ? 1000 : 2));
    assertThat(calls[0]).isEqualTo(5);
    assertThat(speed).isEqualTo(new Speed(2, 2, 2, 5000));
  }

  private static Tensor floats(long[] shape, float... elements) {
    Tensor tensor = Tensor.allocate(ElementType.FLOAT32, shape);
    tensor.memory().copyFrom(MemorySegment.ofArray(elements));
    return tensor;
  }
}
