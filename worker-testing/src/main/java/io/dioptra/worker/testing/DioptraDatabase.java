package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The REST API's SQLite file: empty, with all tables. Made once for each Python environment. */
final class DioptraDatabase {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final PythonEnvironment python;

  DioptraDatabase(PythonEnvironment python) {
    this.python = python;
  }

  static String uri(Path file) {
    return "sqlite:///" + file.toAbsolutePath();
  }

  /** Copies an empty database to {@code file}; the first one of an environment takes seconds. */
  void copyTo(Path file) throws IOException, InterruptedException {
    Path template = python.cache().resolve("dioptra.sqlite");
    if (!Files.exists(template)) {
      Files.createDirectories(python.cache());
      try (TemporaryFolder work =
          new TemporaryFolder(Files.createTempDirectory(python.cache(), "migrating-"))) {
        Path made = work.path().resolve("dioptra.sqlite");
        migrate(made, work.path());
        // Two processes may make it at the same time; a half-made one must not be seen.
        Files.move(made, template, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        throw new IOException("The cache cannot hold " + template, e);
      }
    }
    Files.copy(template, file);
  }

  private void migrate(Path file, Path folder) throws IOException, InterruptedException {
    String migrations = python.sitePackages().resolve("dioptra/restapi/db/alembic").toString();
    List<String> command = python.module("flask", "db", "upgrade", "-d", migrations);
    Map<String, String> environment =
        Map.of(
            "FLASK_APP",
            "dioptra.restapi:create_app('dev')",
            "DIOPTRA_RESTAPI_DEV_DATABASE_URI",
            uri(file));
    ServerCommand upgrade =
        new ServerCommand("The migration of Dioptra's database", command, environment, folder);
    try (ServerProcess migration = ServerProcess.start(upgrade)) {
      int status = migration.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (status != 0) {
        throw new IOException(
            migration.name() + " ended with status " + status + ":\n" + migration.tail());
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("The migration of Dioptra's database did not end in " + LIMIT, e);
    }
  }
}
