package io.dioptra.worker.e2e.docker;

import java.util.List;
import java.util.OptionalLong;

/**
 * A layer of an image.
 *
 * @param name what the image's history says of it; of a base's layer its command
 * @param isOurs whether Jib added it to the base
 * @param digest of the uncompressed layer
 * @param bytes of the uncompressed layer
 * @param pulled the bytes of the compressed layer; empty for one too large to be compressed here
 */
public record ImageLayer(
    String name,
    boolean isOurs,
    String digest,
    long bytes,
    OptionalLong pulled,
    List<ImageFile> files) {
  public ImageLayer {
    files = List.copyOf(files);
  }

  @Override
  public String toString() {
    return name + " " + digest;
  }
}
