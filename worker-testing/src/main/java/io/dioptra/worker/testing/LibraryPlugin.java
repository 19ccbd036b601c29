package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The plugin that stands for a library of JVM tasks, in a folder that Dioptra's import takes. */
public record LibraryPlugin(Path folder, String library) {
  private static final long SECONDS = 60;

  /** The one that the examples have. */
  public static LibraryPlugin ofExamples(String library) {
    return new LibraryPlugin(Checkout.find().resolve("examples"), library);
  }

  /**
   * The one that a worker writes, now.
   *
   * @param environment whose worker
   * @param folder an empty one
   */
  public static LibraryPlugin written(String environment, String library, Path folder)
      throws IOException, InterruptedException {
    // It runs no Python, but would make the environment of the worker, which may be large.
    String python = PythonEnvironment.named("task-host").interpreter().toString();
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (WorkerProcess tasks =
        WorkerProcess.start(
            environment,
            Map.of("DIOPTRA_WORKER_PYTHON", python),
            folder,
            "tasks",
            "--plugin",
            plugins.toString(),
            library)) {
      if (tasks.process().onExit().get(SECONDS, TimeUnit.SECONDS) != 0) {
        throw new IOException("The plugin was not written:\n" + tasks.log());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The worker did not write the plugin", e);
    }
    return new LibraryPlugin(plugins, library);
  }

  /** The module whose functions call the JVM. */
  public String module() throws IOException {
    return Files.readString(folder.resolve("plugins").resolve(library).resolve("tasks.py"));
  }

  /** The types and plugins of the import file, each with all that is said of it. */
  public List<String> tables() throws IOException {
    return Stream.of(Files.readString(folder.resolve("dioptra.toml")).split("\n\n(?=\\[\\[)"))
        .map(String::strip)
        .filter(it -> it.startsWith("[["))
        .toList();
  }
}
