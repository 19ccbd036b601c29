package io.dioptra.worker.image.sizes;

import java.util.List;

/**
 * An image as it was measured, the layers in their order; the base image only where it could be.
 */
public record ImageSize(String image, List<LayerSize> layers) {
  public ImageSize {
    layers = List.copyOf(layers);
  }

  long bytes() {
    return layers.stream().mapToLong(LayerSize::bytes).sum();
  }

  boolean has(String layer) {
    return layers.stream().anyMatch(size -> size.layer().equals(layer));
  }
}
