package io.dioptra.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole Dioptra but for its workers: Redis, MLflow, perhaps S3, and the REST API with one
 * account, on free loopback ports and with empty stores. Any thread may call it.
 */
public final class DioptraSite implements AutoCloseable {
  /** The account that exists. */
  public static final Account ACCOUNT = new Account("dioptra-worker", "a-password-for-loopback");

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private List<ServerProcess> processes = List.of();
  private final RedisServer redis;
  private final Neighbours neighbours;
  private final DioptraApiServer api;
  private final DioptraClient client;

  private DioptraSite(SiteSettings settings, Path folder) throws IOException, InterruptedException {
    try {
      redis = opened(RedisServer.start());
      Optional<S3Server> s3 = startS3(settings, folder);
      MlflowServer mlflow = opened(MlflowServer.start(subfolder(folder, "mlflow"), s3));
      neighbours = new Neighbours(URI.create(redis.uri() + "/0"), mlflow.uri(), s3);
      api =
          opened(
              DioptraApiServer.start(
                  settings.api(), subfolder(folder, "api"), neighbours, settings.apiThreads()));
      // All are starting by now; waiting for one after the other takes as long as the slowest.
      if (s3.isPresent()) {
        s3.get().awaitReady();
      }
      api.awaitReady();
      client = opened(DioptraClient.connect(api.uri()));
      client.register(ACCOUNT);
      client.logIn(ACCOUNT);
      mlflow.awaitReady();
      processes = List.of(mlflow.process(), api.process());
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts the standard site in a temporary folder; takes about five seconds. */
  public static DioptraSite start() throws IOException, InterruptedException {
    return start(SiteSettings.standard());
  }

  /**
   * Starts a site in a temporary folder, which is deleted when the site is closed.
   *
   * @throws IOException if one of its servers does not start; none is left then
   */
  public static DioptraSite start(SiteSettings settings) throws IOException, InterruptedException {
    TemporaryFolder folder = TemporaryFolder.create("site");
    try {
      DioptraSite site = new DioptraSite(settings, folder.path());
      site.parts.addLast(folder);
      return site;
    } catch (IOException | InterruptedException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Starts a site whose stores and logs lie in {@code folder} and stay there when it is closed.
   *
   * @param folder exists and is empty
   */
  public static DioptraSite startIn(Path folder, SiteSettings settings)
      throws IOException, InterruptedException {
    return new DioptraSite(settings, folder);
  }

  public URI api() {
    return api.uri();
  }

  public URI mlflow() {
    return neighbours.mlflow();
  }

  /** Redis with its database number. */
  public URI redis() {
    return neighbours.redis();
  }

  /** The S3 endpoint, where the site has one. */
  public Optional<URI> s3() {
    return neighbours.s3().map(S3Server::uri);
  }

  /** The Redis behind {@link #redis()}. */
  public RedisServer redisServer() {
    return redis;
  }

  /** MLflow and the REST API, to watch or to kill. */
  public List<ServerProcess> processes() {
    return processes;
  }

  /** A client that is logged in as the worker's account. */
  public DioptraClient client() {
    return client;
  }

  /** The six variables that a worker of this site needs, and what its S3 client signs with. */
  public Map<String, String> workerEnvironment() {
    Map<String, String> variables = new LinkedHashMap<>(neighbours.environment());
    variables.put("DIOPTRA_API", api.uri().toString());
    variables.put("DIOPTRA_WORKER_USERNAME", ACCOUNT.username());
    variables.put("DIOPTRA_WORKER_PASSWORD", ACCOUNT.password());
    return variables;
  }

  /** Ends all servers, the last one first; what one of them says is told after all are closed. */
  @Override
  public void close() {
    // They take a second or two each; all at once is not longer.
    processes.forEach(ServerProcess::askToEnd);
    Deque<Exception> problems = new ArrayDeque<>();
    for (AutoCloseable part = parts.pollFirst(); part != null; part = parts.pollFirst()) {
      try {
        part.close();
      } catch (Exception e) {
        problems.add(e);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException("A server of the site cannot be closed", problems.getFirst());
    }
  }

  private Optional<S3Server> startS3(SiteSettings settings, Path folder)
      throws IOException, InterruptedException {
    return switch (settings.artifacts()) {
      case PROXIED -> Optional.empty();
      case S3 -> Optional.of(opened(S3Server.start(subfolder(folder, "s3"))));
    };
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.addFirst(part);
    return part;
  }

  private static Path subfolder(Path folder, String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder in " + folder, e);
    }
  }
}
