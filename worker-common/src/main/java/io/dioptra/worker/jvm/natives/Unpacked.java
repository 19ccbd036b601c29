package io.dioptra.worker.jvm.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for a library that brings native code in a jar and unpacks it. What is loaded needs no
 * entry in a folder any more: it is deleted then.
 */
public record Unpacked(Path folder) implements AutoCloseable {
  /** A new one, below the folder of temporary files. */
  public static Unpacked create(String prefix) throws IOException {
    return new Unpacked(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
