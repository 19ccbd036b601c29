package io.dioptra.worker.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the program that comes with the driver. It is a process of its own, because a driver that
 * hangs must not hang the worker.
 */
final class NvidiaSmi {
  private static final Pattern LINE =
      Pattern.compile(
          "(?<index>\\d+), (?<uuid>GPU-[^,]+), (?<name>.+), (?<driver>\\d+(?:\\.\\d+)*),"
              + " (?<memory>[^,]+)");
  private static final Pattern CUDA = Pattern.compile("CUDA Version *: *(\\d+\\.\\d+)");

  private final String path;
  private final Duration limit;

  /**
   * @param path the folders to look for it, as the variable {@code PATH} names them
   */
  NvidiaSmi(String path, Duration limit) {
    this.path = path;
    this.limit = limit;
  }

  DriverAnswer ask() throws InterruptedException {
    Optional<Path> program = find();
    if (program.isEmpty()) {
      return new DriverAnswer.Missing();
    }
    String smi = program.get().toString();
    try {
      List<String> lines =
          answer(
                  List.of(
                      smi,
                      "--query-gpu=index,uuid,name,driver_version,memory.total",
                      "--format=csv,noheader"))
              .lines()
              .toList();
      List<Matcher> gpus = lines.stream().map(LINE::matcher).toList();
      if (gpus.isEmpty() || !gpus.stream().allMatch(Matcher::matches)) {
        return new DriverAnswer.Broken(smi + " says \"" + String.join(" ", lines) + "\"");
      }
      Matcher cuda = CUDA.matcher(answer(List.of(smi)));
      return new DriverAnswer.Found(
          gpus.getFirst().group("driver"),
          cuda.find() ? Optional.of(cuda.group(1)) : Optional.empty(),
          gpus.stream().map(NvidiaSmi::gpu).toList());
    } catch (IOException e) {
      return new DriverAnswer.Broken(smi + " " + e.getMessage());
    }
  }

  /**
   * Returns what the program answers to these options, empty where there is no such program.
   *
   * @throws IOException if it fails or does not answer in time; the message goes on after its name
   */
  Optional<String> output(String... options) throws IOException, InterruptedException {
    Optional<Path> program = find();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(List.of(options));
    return Optional.of(answer(command));
  }

  private static Gpu gpu(Matcher line) {
    return new Gpu(
        line.group("index"), line.group("uuid"), line.group("name"), line.group("memory"));
  }

  private Optional<Path> find() {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nvidia-smi"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What it writes, which is short, so that it can end before it is read. */
  private String answer(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("gives no answer within " + limit.toSeconds() + " s");
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IOException("says \"" + said.lines().findFirst().orElse("") + "\"");
      }
      return said;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
