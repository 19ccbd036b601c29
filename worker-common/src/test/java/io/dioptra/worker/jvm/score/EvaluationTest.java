package io.dioptra.worker.jvm.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void accuraciesAndConfusionAreCounted() {
    Scores scores = scores(3, 9, 1, 0, /**/ 5, 5, 1, /**/ 1, 2, 3, /**/ 3, 2, 1);
    Evaluation one = Evaluation.of(scores, labels(0, 1, 2, 2), 1);
    assertThat(one.accuracy()).isEqualTo(0.5);
    assertThat(one.topAccuracy()).isEqualTo(0.5);
    assertThat(one.confusion().memory().toArray(ValueLayout.JAVA_LONG))
        .containsExactly(1, 0, 0, /**/ 1, 0, 0, /**/ 1, 0, 1);
    assertThat(Evaluation.of(scores, labels(0, 1, 2, 2), 2).topAccuracy()).isEqualTo(0.75);
    assertThat(Evaluation.of(scores, labels(0, 1, 2, 2), 3).topAccuracy()).isEqualTo(1);
    assertThat(scores.labels().memory().toArray(ValueLayout.JAVA_LONG)).containsExactly(0, 0, 2, 0);
  }

  @Test
  void whatDoesNotFitTogetherIsToldWithBoth() {
    Scores scores = scores(2, 1, 0, 0, 1);
    assertThatThrownBy(() -> Evaluation.of(scores, labels(0), 1))
        .hasMessage(
            "labels have to be int32 or int64 of shape (2), one for each example; they are int64 of"
                + " shape (1)");
    assertThatThrownBy(() -> Evaluation.of(scores, labels(0, 2), 1))
        .hasMessage("the label of example 1 is 2, but the model knows the classes 0 to 1");
    assertThatThrownBy(() -> Evaluation.of(scores, labels(0, 1), 0))
        .hasMessage("k has to be 1 or more; it is 0");
    assertThatThrownBy(() -> Evaluation.of(scores(2, 1, Float.NaN), labels(0), 1))
        .hasMessageContaining("the score of class 1 for example 0 is NaN");
    Tensor row = Tensor.allocate(ElementType.FLOAT32, 3);
    assertThatThrownBy(() -> new Scores(row))
        .hasMessage(
            "scores have to be float32 of shape (examples, classes); they are float32 of shape"
                + " (3)");
  }

  @Test
  void percentilesAreThoseOfNumpy() {
    Latencies times = new Latencies(IntStream.of(4, 1, 3, 2).mapToObj(Duration::ofMillis).toList());
    assertThat(times.percentile(0)).isEqualTo(1);
    assertThat(times.percentile(50)).isCloseTo(2.5, within(1e-9));
    assertThat(times.percentile(90)).isCloseTo(3.7, within(1e-9));
    assertThat(times.percentile(100)).isEqualTo(4);
    assertThat(times.throughput(5)).isCloseTo(2000, within(1e-6));
  }

  private static Scores scores(int classes, float... values) {
    Tensor tensor = Tensor.allocate(ElementType.FLOAT32, values.length / classes, classes);
    tensor.memory().copyFrom(MemorySegment.ofArray(values));
    return new Scores(tensor);
  }

  private static Tensor labels(long... values) {
    Tensor tensor = Tensor.allocate(ElementType.INT64, values.length);
    tensor.memory().copyFrom(MemorySegment.ofArray(values));
    return tensor;
  }
}
