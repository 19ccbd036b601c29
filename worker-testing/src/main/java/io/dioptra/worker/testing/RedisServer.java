package io.dioptra.worker.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a loopback port, empty, without persistence, in a temporary folder of its own.
 * The executable is bundled (6.2 on Linux and macOS). It belongs to whoever started it; any thread
 * may call it.
 */
public final class RedisServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int PORT_TRIES = 5;
  private static final long READY_SECONDS = 20;
  private static final long STOP_SECONDS = 10;
  private static final int TAIL_LINES = 20;

  private final Path folder;
  private final int port;
  private final Process process;
  private final Deque<String> tail = new ArrayDeque<>();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  private RedisServer(Path folder, Path executable, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = command(executable, port, folder).redirectErrorStream(true).start();
    Thread.ofPlatform().daemon().name("redis-output-" + port).start(this::drain);
  }

  /**
   * Starts a server on a free port and waits until it answers.
   *
   * @throws IOException if it cannot start; the message says why, for the person at the terminal
   */
  public static RedisServer start() throws IOException, InterruptedException {
    IOException last = new IOException("no port was tried");
    for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
      try {
        return start(freePort());
      } catch (IOException e) {
        if (!isPortTaken(e)) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  /**
   * Starts a server on {@code port}, for a Redis that comes back.
   *
   * @throws IOException if it cannot start, also when the port is taken
   */
  public static RedisServer start(int port) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("dioptra-redis-");
    RedisServer server = null;
    try {
      server = new RedisServer(folder, executable(folder), port);
      server.awaitReady();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (server == null) {
        delete(folder);
      } else {
        server.close();
      }
      throw e;
    }
  }

  public String host() {
    return HOST;
  }

  public int port() {
    return port;
  }

  /** The process id of the server. */
  public long pid() {
    return process.pid();
  }

  /** The address as RQ takes it, database 0. */
  public String uri() {
    return "redis://" + HOST + ":" + port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Ends the server and deletes its folder. Asks first, kills after ten seconds. Once is enough.
   */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  private static Path executable(Path folder) throws IOException {
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

  private static ProcessBuilder command(Path executable, int port, Path folder) {
    return new ProcessBuilder(
            List.of(
                executable.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                HOST,
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "no",
                "--daemonize",
                "no"))
        .directory(folder.toFile());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    }
  }

  private static boolean isPortTaken(IOException e) {
    return String.valueOf(e.getMessage()).contains("in use");
  }

  private void drain() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        keep(line);
        if (line.contains("Ready to accept connections")) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      keep(e.toString());
    }
    ready.complete(false);
  }

  private void keep(String line) {
    synchronized (tail) {
      tail.addLast(line);
      if (tail.size() > TAIL_LINES) {
        tail.removeFirst();
      }
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    try {
      if (!ready.get(READY_SECONDS, TimeUnit.SECONDS)) {
        process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        throw new IOException(explain("it ended"));
      }
    } catch (TimeoutException e) {
      throw new IOException(explain("it was not ready after " + READY_SECONDS + " s"), e);
    } catch (ExecutionException e) {
      throw new IOException(explain("its output cannot be read"), e);
    }
  }

  private String explain(String what) {
    synchronized (tail) {
      return "Cannot start Redis on "
          + HOST
          + ":"
          + port
          + ": "
          + what
          + ". It wrote:\n"
          + String.join("\n", tail);
    }
  }

  private static void delete(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the folder of Redis, " + folder, e);
    }
  }
}
