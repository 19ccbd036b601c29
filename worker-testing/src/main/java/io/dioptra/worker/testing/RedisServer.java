package io.dioptra.worker.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a loopback port, empty, without persistence, in a temporary folder of its own.
 * The executable is bundled (6.2 on Linux and macOS). It belongs to whoever started it, and ends
 * with this process at the latest; any thread may call it.
 */
public final class RedisServer implements AutoCloseable {
  private static final int PORT_TRIES = 5;
  private static final Duration READY = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final TemporaryFolder folder;
  private final int port;
  private final ServerProcess process;
  private final long pid;

  private RedisServer(TemporaryFolder folder, int port, ServerProcess process, long pid) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.pid = pid;
  }

  /**
   * Starts a server on a free port and waits until it answers.
   *
   * @throws IOException if it cannot start; the message says why, for the person at the terminal
   */
  public static RedisServer start() throws IOException, InterruptedException {
    return start(RedisSetup.USUAL);
  }

  /**
   * Starts a server on {@code port}, for a Redis that comes back.
   *
   * @throws IOException if it cannot start, also when the port is taken
   */
  public static RedisServer start(int port) throws IOException, InterruptedException {
    return start(RedisSetup.USUAL.onPort(port));
  }

  /**
   * Starts a server as it is described, and waits until it answers.
   *
   * @throws IOException if it cannot start; the message says why, for the person at the terminal
   */
  public static RedisServer start(RedisSetup setup) throws IOException, InterruptedException {
    if (setup.port().isPresent()) {
      return start(setup, setup.port().get());
    }
    IOException last = new IOException("no port was tried");
    for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
      try {
        return start(setup, Loopback.free().port());
      } catch (IOException e) {
        if (!isPortTaken(e)) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  private static RedisServer start(RedisSetup setup, int port)
      throws IOException, InterruptedException {
    TemporaryFolder folder = TemporaryFolder.create("redis");
    try {
      ServerProcess process = ServerProcess.start(command(setup, port, folder.path()));
      try {
        awaitReady(process, port);
        return new RedisServer(folder, port, process, process.pids().getFirst());
      } catch (IOException | InterruptedException | RuntimeException e) {
        process.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  public String host() {
    return Loopback.HOST;
  }

  public int port() {
    return port;
  }

  /** The process id of the server. */
  public long pid() {
    return pid;
  }

  /** The address as RQ takes it, database 0. */
  public String uri() {
    return "redis://" + Loopback.HOST + ":" + port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the server without asking it; it can save nothing. Returns when it is gone. */
  public void kill() throws IOException, InterruptedException {
    signal("KILL");
    try {
      var _ = process.onExit().get(READY.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Redis on port " + port + " does not end: " + process.pids(), e);
    }
  }

  /** It keeps its connections, takes more of them, and answers nothing. */
  public void stall() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Ends {@link #stall}. */
  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  /**
   * Ends the server and deletes its folder. Asks first, kills after five seconds. Once is enough.
   */
  @Override
  public void close() {
    process.close();
    folder.close();
  }

  private static ServerCommand command(RedisSetup setup, int port, Path folder) throws IOException {
    Path program = setup.executable().isPresent() ? setup.executable().get() : bundled(folder);
    List<String> line = new ArrayList<>(List.of(program.toString()));
    setup.configuration().ifPresent(file -> line.add(file.toString()));
    line.addAll(List.of("--port", Integer.toString(port), "--bind", Loopback.HOST));
    line.addAll(List.of("--dir", setup.data().orElse(folder).toString()));
    line.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
    line.addAll(setup.arguments());
    return new ServerCommand("Redis", line, Map.of(), folder);
  }

  private static Path bundled(Path folder) throws IOException {
    try {
      File file = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
      return file.toPath();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot start Redis: no bundled executable for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ", or "
              + folder
              + " is not writable: "
              + e.getMessage(),
          e);
    }
  }

  private static void awaitReady(ServerProcess process, int port)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (!isReady(Files.readString(process.log()))) {
      if (endedWithin(process, LOOK)) {
        throw new IOException(explain(port, "it ended", process));
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            explain(port, "it was not ready after " + READY.toSeconds() + " s", process));
      }
    }
  }

  /** The second is what a Sentinel says. */
  private static boolean isReady(String log) {
    return log.contains("Ready to accept connections") || log.contains("Sentinel ID is");
  }

  private static boolean endedWithin(ServerProcess process, Duration wait)
      throws IOException, InterruptedException {
    try {
      var _ = process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("Cannot watch Redis", e);
    }
  }

  private static boolean isPortTaken(IOException e) {
    return String.valueOf(e.getMessage()).contains("in use");
  }

  private static String explain(int port, String what, ServerProcess process) {
    return "Cannot start Redis on "
        + Loopback.HOST
        + ":"
        + port
        + ": "
        + what
        + ". It wrote:\n"
        + process.tail();
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("Redis on port " + port + " cannot be sent SIG" + name);
    }
  }
}
