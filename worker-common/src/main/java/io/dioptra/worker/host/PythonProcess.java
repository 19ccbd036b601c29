package io.dioptra.worker.host;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Python interpreter that runs the task host's package, as a child of this process. Its own
 * output is drained from the start; it gets its token on stdin, where other users cannot see it.
 */
final class PythonProcess implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PythonProcess.class);
  private static final int TAIL = 4000;
  private static final String PATH = "PYTHONPATH";

  private final Process process;
  private final StringBuilder tail = new StringBuilder();

  private PythonProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().name("host-process-output").start(this::drain);
  }

  static PythonProcess start(HostSettings settings, String token, List<String> arguments)
      throws HostStartException {
    List<String> command = new ArrayList<>(List.of(settings.python().toString(), "-P", "-u"));
    command.addAll(List.of("-m", "dioptra_task_host"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(settings.environment());
    settings.source().ifPresent(it -> addToPath(builder.environment(), it));
    try {
      PythonProcess started = new PythonProcess(builder.start());
      started.give(token);
      return started;
    } catch (IOException e) {
      throw new HostStartException(
          "Python cannot be started: "
              + e.getMessage()
              + ". DIOPTRA_WORKER_PYTHON must name the interpreter that runs the tasks.",
          e);
    }
  }

  /** Ours goes first; the site's own folders, which plugins import from, stay. */
  private static void addToPath(Map<String, String> environment, Path source) {
    environment.merge(PATH, source.toString(), (own, ours) -> ours + File.pathSeparator + own);
  }

  private void give(String token) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write((token + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.debug("The process ended before it read its token", e);
    }
  }

  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What the process last wrote itself. */
  String tail() {
    synchronized (tail) {
      return tail.toString().strip();
    }
  }

  private void drain() {
    LineSplitter lines = new LineSplitter(this::keep);
    byte[] buffer = new byte[8192];
    try (InputStream output = process.getInputStream()) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        lines.accept(buffer, 0, n);
      }
    } catch (IOException e) {
      LOG.debug("The output of a Python process ended", e);
    }
    lines.end();
  }

  private void keep(String line) {
    LOG.debug("python {}: {}", process.pid(), line);
    synchronized (tail) {
      tail.append(line).append('\n');
      if (tail.length() > TAIL) {
        tail.delete(0, tail.length() - TAIL);
      }
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits a little for the end that was asked for, then enforces it. */
  @Override
  public void close() {
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
