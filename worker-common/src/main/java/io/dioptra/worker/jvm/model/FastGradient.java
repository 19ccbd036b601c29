package io.dioptra.worker.jvm.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.dioptra.worker.jvm.Tensor;
import java.util.Arrays;

/**
 * The step of the fast gradient sign method.
 *
 * @param epsilon how far each pixel is moved
 * @param minimum of a pixel
 * @param maximum of a pixel
 */
public record FastGradient(float epsilon, float minimum, float maximum) {
  public FastGradient {
    if (!(minimum <= maximum)) {
      throw new IllegalArgumentException(
          "minimum has to be maximum or less; they are %s and %s".formatted(minimum, maximum));
    }
    if (!Float.isFinite(epsilon)) {
      throw new IllegalArgumentException("epsilon has to be a finite number; it is " + epsilon);
    }
  }

  /**
   * Checks before anything is computed.
   *
   * @throws IllegalArgumentException if there is not one label for each example, naming both
   */
  public static void check(Tensor inputs, Tensor labels) {
    if (labels.rank() != 1 || inputs.rank() == 0 || labels.length(0) != inputs.length(0)) {
      throw new IllegalArgumentException(
          "inputs and labels do not fit together: %s and %s".formatted(inputs, labels));
    }
  }

  /**
   * Makes adversarial examples in the place of a gradient.
   *
   * @param inputs float32
   * @param gradient of the loss by the inputs; becomes the result
   * @throws IllegalArgumentException if they differ in shape, or hold NaN
   */
  public void move(Tensor inputs, Tensor gradient) {
    if (!Arrays.equals(inputs.shape(), gradient.shape())) {
      throw new IllegalArgumentException(
          "a gradient has the shape of the inputs, %s; this is %s".formatted(inputs, gradient));
    }
    for (long pixel = 0; pixel < gradient.size(); pixel++) {
      float slope = gradient.memory().getAtIndex(JAVA_FLOAT, pixel);
      float moved = inputs.memory().getAtIndex(JAVA_FLOAT, pixel) + epsilon * Math.signum(slope);
      if (Float.isNaN(moved)) {
        throw new IllegalArgumentException(
            "example %d cannot be moved: its input or the gradient there is NaN"
                .formatted(pixel / (gradient.size() / gradient.length(0))));
      }
      gradient.memory().setAtIndex(JAVA_FLOAT, pixel, Math.clamp(moved, minimum, maximum));
    }
  }
}
