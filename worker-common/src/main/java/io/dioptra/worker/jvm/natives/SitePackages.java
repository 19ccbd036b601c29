package io.dioptra.worker.jvm.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of a Python environment.
 *
 * @param python its interpreter
 */
public record SitePackages(Path python) {
  private static final Logger LOG = LoggerFactory.getLogger(SitePackages.class);

  /** The interpreter that runs the other tasks; the worker sets it. */
  public static final String PYTHON = "dioptra.python";

  /** Those of the Python that runs the other tasks. */
  public static SitePackages ofTasks() {
    return new SitePackages(Path.of(System.getProperty(PYTHON, "")));
  }

  /** A folder of theirs that holds this library, for example {@code torch/lib}. */
  public Optional<Path> folder(String folder, String library) {
    Path environment = python.getParent() == null ? null : python.getParent().getParent();
    if (environment == null || !Files.isDirectory(environment.resolve("lib"))) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(environment.resolve("lib"))) {
      return versions
          .map(it -> it.resolve("site-packages").resolve(folder))
          .filter(it -> Files.exists(it.resolve(library)))
          .findFirst();
    } catch (IOException e) {
      LOG.warn("The Python environment {} cannot be read: {}", environment, e.toString());
      return Optional.empty();
    }
  }
}
