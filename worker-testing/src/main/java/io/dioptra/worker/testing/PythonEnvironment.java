package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A hash-locked Python environment of {@code build/python-environments}.
 *
 * @param interpreter its {@code python}, absolute
 */
public record PythonEnvironment(String name, Path interpreter) {
  /**
   * Asks {@code build/python-env}, which makes the environment where it is missing: seconds where
   * the packages are cached, minutes otherwise. Its progress goes to our standard error.
   *
   * @throws IOException if it cannot be made; the reason is on standard error
   */
  public static PythonEnvironment named(String name) throws IOException, InterruptedException {
    Checkout checkout = Checkout.find();
    Process maker =
        new ProcessBuilder(checkout.resolve("build/python-env").toString(), name)
            .directory(checkout.folder().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String answer = new String(maker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = maker.waitFor();
      if (status != 0) {
        throw new IOException(
            "The Python environment " + name + " was not made (exit status " + status + ")");
      }
      return new PythonEnvironment(name, Path.of(answer.strip()));
    } finally {
      maker.destroy();
    }
  }

  /** The command line that runs a module in this environment. */
  public List<String> module(String module, String... arguments) {
    List<String> command = new ArrayList<>(List.of(interpreter.toString(), "-m", module));
    Collections.addAll(command, arguments);
    return List.copyOf(command);
  }

  /** The folder of the environment; its name carries the hash of the lock file. */
  Path folder() {
    return interpreter.resolveSibling("..").normalize();
  }

  /** The folder of the packages. */
  Path sitePackages() {
    return folder().resolve("lib/python3.11/site-packages");
  }

  /** A folder for what is made once for this environment; it may not exist yet. */
  Path cache() {
    return folder()
        .resolveSibling("..")
        .normalize()
        .resolve("made")
        .resolve(folder().getFileName());
  }
}
