package io.dioptra.worker.host;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.TaskResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The plugin {@code moods.py} in a folder, and what its tasks say. */
final class MoodyPlugin implements TaskEvents {
  private final BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>();
  private final Path folder;

  MoodyPlugin(Path folder) {
    this.folder = folder;
  }

  /** Copies a file that lies beside the tests. */
  static void copy(String resource, Path into) throws IOException {
    Files.createDirectories(into);
    try (InputStream python =
        Objects.requireNonNull(MoodyPlugin.class.getResourceAsStream(resource), resource)) {
      Files.write(into.resolve(resource), python.readAllBytes());
    }
  }

  /** Lets a host enter the folder. */
  void prepare(TaskHost host) throws IOException, InterruptedException {
    Path plugins = folder.resolve("plugins");
    copy("moods.py", plugins.resolve("moods"));
    TaskResult<?> prepared =
        host.prepare(
            new JobSetting(
                folder,
                plugins,
                Files.createDirectories(folder.resolve("serialize")),
                Files.createDirectories(folder.resolve("deserialize")),
                Map.of(),
                "INFO",
                Optional.empty(),
                OptionalInt.empty()));
    if (!(prepared instanceof TaskResult.Done<?>)) {
      throw new IOException("The host was not prepared: " + prepared);
    }
  }

  static TaskCall call(String function) {
    return dotted("moods.moods." + function);
  }

  static TaskCall dotted(String task) {
    return new TaskCall(
        "step", task, List.of(), new LinkedHashMap<>(), new Outputs.None(), List.of());
  }

  @Override
  public void log(LogLine line) {
    lines.add(line);
  }

  /** Waits for the next line. */
  String next() throws InterruptedException {
    return lines.take().event();
  }

  /** The events so far. */
  List<String> said() {
    return lines.stream().map(LogLine::event).toList();
  }

  /** The same, each behind the name of its logger. */
  List<String> saidBy() {
    return lines.stream().map(line -> line.logger() + ": " + line.event()).toList();
  }
}
