package io.dioptra.worker.image;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A program of the build; what it says on standard error goes to the user as it comes. */
final class Program {
  private Program() {}

  /** Runs the command and returns its standard output, without the last line break. */
  static String output(File folder, Map<String, String> environment, List<String> command)
      throws IOException, BuildFailure {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder);
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new BuildFailure(
            command.get(0) + " ended with " + process.exitValue() + "; see above.");
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new BuildFailure("interrupted while waiting for " + command.get(0));
    }
    return output.strip();
  }
}
