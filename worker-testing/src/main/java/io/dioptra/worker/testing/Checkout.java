package io.dioptra.worker.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of this project's sources. */
public record Checkout(Path folder) {
  private static final String PROPERTY = "dioptra.checkout";
  private static final Path MARK = Path.of("build", "python-env");

  public Checkout {
    if (!Files.isRegularFile(folder.resolve(MARK))) {
      throw new IllegalArgumentException(
          folder + " is not a checkout of the worker: " + MARK + " is missing there");
    }
  }

  /**
   * The folder named by the system property {@code dioptra.checkout}, else the nearest one upwards
   * from the current folder that holds {@code build/python-env}.
   */
  public static Checkout find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return new Checkout(Path.of(named).toAbsolutePath().normalize());
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(MARK))) {
        return new Checkout(folder);
      }
    }
    throw new IllegalStateException(
        "No folder from " + start + " upwards holds " + MARK + "; set -D" + PROPERTY + "=FOLDER");
  }

  /** A file or folder of the checkout, absolute. */
  public Path resolve(String path) {
    return folder.resolve(path);
  }
}
