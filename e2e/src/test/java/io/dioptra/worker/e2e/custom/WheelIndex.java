package io.dioptra.worker.e2e.custom;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A package index on loopback with the wheels of {@code wheels.txt}. They are fetched by this
 * machine's pip, which knows how this machine reaches one; a container that builds an image does
 * not, and nothing of it shall get into an image.
 */
final class WheelIndex implements AutoCloseable {
  private final TemporaryFolder folder;
  private final HttpServer server;

  private WheelIndex(TemporaryFolder folder, HttpServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Fetches the wheels and serves them. */
  static WheelIndex open() throws IOException, InterruptedException {
    TemporaryFolder folder = TemporaryFolder.create("wheels");
    try {
      fetch(folder.path());
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      HttpServer server =
          SimpleFileServer.createFileServer(anyPort, folder.path(), OutputLevel.NONE);
      server.start();
      return new WheelIndex(folder, server);
    } catch (IOException | InterruptedException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** What {@code PIP_INDEX_URL} has to be. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void fetch(Path folder) throws IOException, InterruptedException {
    Path list = folder.resolve("wheels.txt");
    try (var text = WheelIndex.class.getResourceAsStream("wheels.txt")) {
      Files.copy(text, list);
    }
    List<String> pip =
        PythonEnvironment.named("uv")
            .module(
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
                "--require-hashes",
                "--dest=" + folder,
                "--requirement=" + list);
    Program.of(pip.toArray(String[]::new)).output();
    Files.delete(list);
    try (Stream<Path> wheels = Files.list(folder)) {
      for (Path wheel : wheels.toList()) {
        String file = wheel.getFileName().toString();
        Path project = folder.resolve(file.split("-", 2)[0].toLowerCase(Locale.ROOT));
        Files.move(wheel, Files.createDirectory(project).resolve(file));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    folder.close();
  }
}
