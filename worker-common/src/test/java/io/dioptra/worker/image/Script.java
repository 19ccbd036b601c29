package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a script of the image, with no environment but the one it is given. */
record Script(int status, String output, Duration time) {
  private static final Path IMAGE = Path.of("src", "main", "image").toAbsolutePath();

  /**
   * Runs it to its end.
   *
   * @param path where it lies in the image, without the first slash
   */
  static Script run(String path, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(IMAGE.resolve(path).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IOException(path + " does not end: " + output);
      }
      return new Script(
          process.exitValue(), output.strip(), Duration.ofNanos(System.nanoTime() - start));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program of the test's own that a script starts. */
  static Path program(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
