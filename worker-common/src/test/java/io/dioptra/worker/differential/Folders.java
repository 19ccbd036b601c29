package io.dioptra.worker.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Puts the Python files beside these tests where an engine finds them. */
final class Folders {
  private Folders() {}

  static Path copy(String resource, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path copy = folder.resolve(resource);
    try (InputStream python =
        Objects.requireNonNull(Folders.class.getResourceAsStream(resource), resource)) {
      Files.write(copy, python.readAllBytes());
    }
    return copy;
  }
}
