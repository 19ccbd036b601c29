package io.dioptra.worker.e2e.docker;

import java.util.Arrays;
import java.util.List;

/**
 * An image that {@code e2e/run} was asked to test.
 *
 * @param name as in {@code DIOPTRA_WORKER_IMAGE}
 */
public record TestedImage(String name) {
  private static final String PROPERTY = "e2e.images";

  /** All that were asked for, in that order. */
  public static List<TestedImage> all() {
    String names = System.getProperty(PROPERTY, "");
    if (names.isBlank()) {
      throw new IllegalStateException(
          "No image to test: -D" + PROPERTY + "=NAME,… is missing. e2e/run sets it.");
    }
    return Arrays.stream(names.split(",", -1)).map(TestedImage::new).toList();
  }

  /** The smallest of them, for what is the same in all. */
  public static TestedImage smallest() {
    TestedImage base = new TestedImage("worker-base");
    return all().contains(base) ? base : all().getFirst();
  }

  /** With a framework, and so with more than {@code worker-base} has. */
  public boolean hasFramework() {
    return hasTensorflow() || hasTorch();
  }

  public boolean hasTensorflow() {
    return name.startsWith("tensorflow");
  }

  public boolean hasTorch() {
    return name.startsWith("pytorch");
  }

  public boolean isForGpu() {
    return name.endsWith("-gpu");
  }

  /** What the engine calls it. */
  public String reference() {
    return System.getProperty("image.prefix", "dioptra")
        + "/"
        + name
        + ":"
        + System.getProperty("image.tag", "dev");
  }

  @Override
  public String toString() {
    return name;
  }
}
