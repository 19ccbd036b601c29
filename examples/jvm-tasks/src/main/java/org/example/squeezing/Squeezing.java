package org.example.squeezing;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskLibrary;
import io.dioptra.worker.jvm.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * Feature squeezing: a coarser image leaves an attacker less room. With fewer grey levels, small
 * perturbations disappear.
 */
public final class Squeezing implements TaskLibrary {
  private static final System.Logger LOG = System.getLogger("squeezing");

  /**
   * How much squeezing changed.
   *
   * @param mean of the absolute differences of all pixels
   * @param largest of them
   */
  public record Change(double mean, double largest) {}

  @Override
  public String name() {
    return "squeezing";
  }

  @Override
  public String description() {
    return "Makes images coarser, which removes small perturbations";
  }

  @Override
  public Map<String, String> types() {
    return Map.of("images", "float32 array of shape (n, height, width, channels) between 0 and 1");
  }

  /** Rounds each pixel to one of 2^bits grey levels. */
  @Task(
      name = "reduce_depth",
      description = "Round each pixel to one of 2 ** bits grey levels.",
      outputs =
          @Output(
              name = "squeezed",
              type = "images",
              description = "float32, of the shape of the images, between 0 and 1"))
  public static Tensor reduceDepth(
      @Input(
              name = "images",
              type = "images",
              description = "float32 of shape (n, height, width, channels) between 0 and 1",
              elements = ElementType.FLOAT32,
              shape = {Input.ANY, Input.ANY, Input.ANY, Input.ANY})
          Tensor images,
      @Input(name = "bits", type = "integer", description = "of a pixel, 1 to 8") int bits) {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("bits must be between 1 and 8: " + bits);
    }
    float steps = (1 << bits) - 1;
    Tensor squeezed = Tensor.allocate(ElementType.FLOAT32, images.shape());
    MemorySegment from = images.memory();
    MemorySegment to = squeezed.memory();
    for (long pixel = 0; pixel < images.size(); pixel++) {
      float value = from.getAtIndex(JAVA_FLOAT, pixel);
      to.setAtIndex(JAVA_FLOAT, pixel, Math.round(value * steps) / steps);
    }
    LOG.log(
        System.Logger.Level.INFO, "Squeezed " + images.length(0) + " images to " + bits + " bits");
    return squeezed;
  }

  /** Compares the pixels of two arrays of images. */
  @Task(
      name = "measure_change",
      description = "Measure how far the pixels of two arrays of images lie apart.",
      outputs = {
        @Output(name = "mean", type = "number", description = "mean absolute difference"),
        @Output(name = "largest", type = "number", description = "largest absolute difference")
      })
  public static Change measureChange(
      @Input(name = "images", type = "images", elements = ElementType.FLOAT32) Tensor images,
      @Input(name = "others", type = "images", elements = ElementType.FLOAT32) Tensor others) {
    if (images.size() != others.size()) {
      throw new IllegalArgumentException(
          "the images differ in shape: " + images + " and " + others);
    }
    double sum = 0;
    double largest = 0;
    for (long pixel = 0; pixel < images.size(); pixel++) {
      double apart =
          Math.abs(
              images.memory().getAtIndex(JAVA_FLOAT, pixel)
                  - others.memory().getAtIndex(JAVA_FLOAT, pixel));
      sum += apart;
      largest = Math.max(largest, apart);
    }
    return new Change(sum / Math.max(1, images.size()), largest);
  }
}
