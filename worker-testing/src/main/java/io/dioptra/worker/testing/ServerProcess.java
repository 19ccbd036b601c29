package io.dioptra.worker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that runs as a child of this process, with all that it starts itself. It ends when it is
 * closed, and also when this process dies without closing it. Any thread may call it.
 */
public final class ServerProcess implements AutoCloseable {
  private static final int TAIL_LINES = 20;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ServerCommand command;
  private final Process guard;

  private ServerProcess(ServerCommand command, Process guard) {
    this.command = command;
    this.guard = guard;
  }

  /** Starts the command and returns at once; {@link HealthCheck} waits until it answers. */
  public static ServerProcess start(ServerCommand command) throws IOException {
    List<String> line = new ArrayList<>(List.of("bash", "-c", guardScript(), "guard"));
    line.addAll(command.command());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(command.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(command.log().toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(command.environment());
    environment.put("GUARD_GRACE_SECONDS", Long.toString(GRACE.toSeconds()));
    return new ServerProcess(command, builder.start());
  }

  public String name() {
    return command.name();
  }

  public Path log() {
    return command.log();
  }

  public boolean isAlive() {
    return guard.isAlive();
  }

  /** Completes with the exit status when the server has ended, for whatever reason. */
  public CompletableFuture<Integer> onExit() {
    return guard.onExit().thenApply(Process::exitValue);
  }

  /** The process ids of the server and of what it started, the server first. */
  public List<Long> pids() {
    return guard
        .descendants()
        .filter(child -> child.info().command().filter(path -> !path.endsWith("/bash")).isPresent())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** The last lines of the log. */
  public String tail() {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(its log " + log() + " cannot be read: " + e.getMessage() + ")";
    }
  }

  /**
   * Asks the server to end, kills after five seconds what is left, and returns when it is gone.
   * Does so also in a thread that was interrupted; a further interrupt kills at once.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try (Stream<ProcessHandle> family = guard.descendants()) {
      List<ProcessHandle> strays = family.toList();
      askToEnd();
      if (!guard.waitFor(GRACE.toSeconds() * 2, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
      // What left the process group is not reached by the guard.
      strays.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException _) {
      interrupted = true;
      guard.descendants().forEach(ProcessHandle::destroyForcibly);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Begins the end without waiting for it. */
  void askToEnd() {
    try {
      guard.getOutputStream().close();
    } catch (IOException _) {
      // It has ended.
    }
  }

  private static String guardScript() throws IOException {
    try (InputStream script = ServerProcess.class.getResourceAsStream("guard.sh")) {
      if (script == null) {
        throw new IOException("guard.sh is missing beside " + ServerProcess.class);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
