package io.dioptra.worker.jvm.score;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;

/**
 * What a classifier said: one row for each example, one score for each class. The class of an
 * example is the one with the highest score, of equal ones the first, as with NumPy's argmax.
 *
 * @param values float32 of shape (examples, classes)
 */
public record Scores(Tensor values) {
  public Scores {
    if (values.type() != ElementType.FLOAT32 || values.rank() != 2 || values.length(1) == 0) {
      throw new IllegalArgumentException(
          "scores have to be float32 of shape (examples, classes); they are " + values);
    }
  }

  public long examples() {
    return values.length(0);
  }

  public int classes() {
    return Math.toIntExact(values.length(1));
  }

  private float score(long example, int of) {
    return values.memory().getAtIndex(JAVA_FLOAT, example * classes() + of);
  }

  /**
   * The class of an example.
   *
   * @throws IllegalArgumentException if a score is no number
   */
  public int best(long example) {
    int best = 0;
    for (int each = 0; each < classes(); each++) {
      float score = score(example, each);
      if (Float.isNaN(score)) {
        throw new IllegalArgumentException(
            "the score of class %d for example %d is NaN: nothing can be said about it"
                .formatted(each, example));
      }
      if (score > score(example, best)) {
        best = each;
      }
    }
    return best;
  }

  /** How many classes stand before this one. */
  public int rank(long example, int of) {
    int before = 0;
    float score = score(example, of);
    for (int each = 0; each < classes(); each++) {
      float other = score(example, each);
      if (other > score || (other == score && each < of)) {
        before++;
      }
    }
    return before;
  }

  /** The classes of all examples: int64 of shape (examples,). */
  public Tensor labels() {
    Tensor labels = Tensor.allocate(ElementType.INT64, examples());
    for (long example = 0; example < examples(); example++) {
      labels.memory().setAtIndex(JAVA_LONG, example, best(example));
    }
    return labels;
  }
}
