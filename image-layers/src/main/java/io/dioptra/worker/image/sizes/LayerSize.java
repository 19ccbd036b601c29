package io.dioptra.worker.image.sizes;

/** The bytes of the regular files of one layer. */
public record LayerSize(String layer, long bytes) {
  /** Where the base image's layers are counted, as one. */
  public static final String BASE = "base image";

  public LayerSize {
    if (layer.isBlank() || layer.contains("|") || bytes < 0) {
      throw new IllegalArgumentException("no size of a layer: \"" + layer + "\", " + bytes);
    }
  }
}
