package io.dioptra.worker.torchscript;

import ai.djl.ndarray.NDArray;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Rows;
import io.dioptra.worker.jvm.score.Evaluation;

/** Cross entropy of scores and labels. */
final class Loss {
  private Loss() {}

  /** The sum over the examples: the gradient of each is then its own. */
  static NDArray of(NDArray scores, Rows rows, Tensor labels) {
    if (scores.getShape().dimension() != 2) {
      throw new IllegalArgumentException(
          "a classifier gives scores of shape (examples, classes); the model gives "
              + scores.getShape());
    }
    int classes = Math.toIntExact(scores.getShape().get(1));
    float[] chosen = new float[Math.toIntExact(rows.count() * classes)];
    for (int row = 0; row < rows.count(); row++) {
      chosen[row * classes + Evaluation.label(labels, rows.first() + row, classes)] = 1;
    }
    NDArray mask = scores.getManager().create(chosen, scores.getShape());
    return scores.logSoftmax(1).mul(mask).sum().neg();
  }
}
