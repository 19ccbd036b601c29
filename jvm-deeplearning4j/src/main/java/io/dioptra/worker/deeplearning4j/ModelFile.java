package io.dioptra.worker.deeplearning4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** A file that holds a model: its first bytes tell the format. */
record ModelFile(Path path) {
  private static final String HDF5 = "89484446";
  private static final String ZIP = "504b0304";

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is no model, with what was found
   */
  Deeplearning4jModel read() {
    if (!Files.isRegularFile(path)) {
      throw new NoModelException("there is no file " + path);
    }
    String start = start();
    Natives.load();
    return switch (start) {
      case HDF5 -> KerasFile.read(path);
      case ZIP -> ModelZip.read(path);
      default ->
          throw new NoModelException(
              "%s is no model. Expected is a zip file of Deeplearning4j, or HDF5 of Keras 1 or 2; %s"
                  .formatted(
                      path, start.isEmpty() ? "it is empty" : "it begins with the bytes " + start));
    };
  }

  private String start() {
    try (InputStream content = Files.newInputStream(path)) {
      return HexFormat.of().formatHex(content.readNBytes(4));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
