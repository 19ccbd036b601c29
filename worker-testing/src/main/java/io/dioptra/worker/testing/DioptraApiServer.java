package io.dioptra.worker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The real REST API of Dioptra on a free loopback port: gunicorn with three processes as in the
 * official image, on an empty SQLite file of its own.
 */
final class DioptraApiServer extends WebServer {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private DioptraApiServer(ServerCommand command, Loopback place) throws IOException {
    super(command, place, "/health", LIMIT);
  }

  /**
   * Starts it; {@link #awaitReady} waits until it answers.
   *
   * @param threads of each process; 1 is the official image's synchronous server, which closes each
   *     connection after one answer, more is a server that keeps connections for two seconds
   */
  static DioptraApiServer start(
      DioptraApiVersion version, Path folder, Neighbours neighbours, int threads)
      throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.named(version.environment());
    Path database = folder.resolve("dioptra.sqlite");
    new DioptraDatabase(python).copyTo(database);
    try (InputStream script = DioptraApiServer.class.getResourceAsStream("wsgi.py")) {
      Files.copy(script, folder.resolve("wsgi.py"));
    }
    Map<String, String> environment = new LinkedHashMap<>(neighbours.environment());
    environment.put("DIOPTRA_RESTAPI_ENV", "dev");
    environment.put("DIOPTRA_RESTAPI_DEV_DATABASE_URI", DioptraDatabase.uri(database));
    Loopback place = Loopback.free();
    // Imported once before the fork: three imports at once take three times as long. Without its
    // control socket, which it would make in the user's home and share with every other gunicorn.
    ServerCommand command =
        new ServerCommand(
            "Dioptra's REST API",
            python.module(
                "gunicorn",
                "--preload",
                "--no-control-socket",
                "--workers=3",
                "--threads=" + threads,
                "--bind=" + Loopback.HOST + ":" + place.port(),
                "wsgi:app"),
            environment,
            folder);
    return new DioptraApiServer(command, place);
  }
}
