package io.dioptra.worker.e2e.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command line to run to its end.
 *
 * @param environment on top of the environment of this process
 * @param limit after which it is killed
 */
public record Program(
    List<String> command, Path folder, Map<String, String> environment, Duration limit) {
  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A program in the current folder, with ten minutes. */
  public static Program of(String... command) {
    return new Program(List.of(command), Path.of(""), Map.of(), Duration.ofMinutes(10));
  }

  /** The same in another folder. */
  public Program in(Path other) {
    return new Program(command, other, environment, limit);
  }

  /** The same with one more variable. */
  public Program with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Program(command, folder, more, limit);
  }

  /** Runs it and waits for its end, however it ends. */
  public Ended run() throws IOException, InterruptedException {
    Path output = Files.createTempFile("dioptra-e2e-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      long begin = System.nanoTime();
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(
            this + " did not end in " + limit.toSeconds() + " s:\n" + text(output));
      }
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      return new Ended(process.exitValue(), text(output), time);
    } finally {
      Files.delete(output);
    }
  }

  /**
   * Runs it and returns what it printed, without the last line break.
   *
   * @throws IOException if it fails, with what it printed
   */
  public String output() throws IOException, InterruptedException {
    Ended ended = run();
    if (ended.status() != 0) {
      throw new IOException(this + " ended with status " + ended.status() + ":\n" + ended.output());
    }
    return ended.output().strip();
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return String.join(" ", command);
  }

  /** How it ended, with its output and errors in the order in which they came. */
  public record Ended(int status, String output, Duration time) {}
}
