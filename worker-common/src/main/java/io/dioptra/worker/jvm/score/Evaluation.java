package io.dioptra.worker.jvm.score;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;

/**
 * How often a classifier was right.
 *
 * @param accuracy the part of the examples whose class is their label
 * @param topAccuracy the part of the examples whose label is among the k best classes
 * @param confusion int64 of shape (classes, classes): how many examples with the label of the row
 *     were taken for the class of the column
 */
public record Evaluation(double accuracy, double topAccuracy, Tensor confusion) {
  /**
   * Compares scores with labels.
   *
   * @param labels int32 or int64 of shape (examples,)
   * @param k how many classes count as the best ones
   * @throws IllegalArgumentException if they do not fit together, naming both
   */
  public static Evaluation of(Scores scores, Tensor labels, int k) {
    check(scores, labels, k);
    int classes = scores.classes();
    Tensor confusion = Tensor.allocate(ElementType.INT64, classes, classes);
    long right = 0;
    long near = 0;
    for (long example = 0; example < scores.examples(); example++) {
      int label = label(labels, example, classes);
      int best = scores.best(example);
      long cell = (long) label * classes + best;
      confusion
          .memory()
          .setAtIndex(JAVA_LONG, cell, 1 + confusion.memory().getAtIndex(JAVA_LONG, cell));
      right += best == label ? 1 : 0;
      near += scores.rank(example, label) < k ? 1 : 0;
    }
    double examples = scores.examples();
    return new Evaluation(right / examples, near / examples, confusion);
  }

  private static void check(Scores scores, Tensor labels, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k has to be 1 or more; it is " + k);
    }
    if (scores.examples() == 0) {
      throw new IllegalArgumentException("there are no examples to evaluate");
    }
    boolean integers = labels.type() == ElementType.INT32 || labels.type() == ElementType.INT64;
    if (!integers || labels.rank() != 1 || labels.length(0) != scores.examples()) {
      throw new IllegalArgumentException(
          "labels have to be int32 or int64 of shape (%d), one for each example; they are %s"
              .formatted(scores.examples(), labels));
    }
  }

  /**
   * One label.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public static int label(Tensor labels, long example, int classes) {
    long label =
        labels.type() == ElementType.INT32
            ? labels.memory().getAtIndex(JAVA_INT, example)
            : labels.memory().getAtIndex(JAVA_LONG, example);
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "the label of example %d is %d, but the model knows the classes 0 to %d"
              .formatted(example, label, classes - 1));
    }
    return (int) label;
  }
}
