package io.dioptra.worker.testing;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A server of a site: a process on loopback, and a page of it that answers once it is ready. */
abstract sealed class WebServer implements AutoCloseable
    permits DioptraApiServer, MlflowServer, S3Server {
  private final ServerProcess process;
  private final URI uri;
  private final String page;
  private final Duration limit;

  /** Starts it; {@link #awaitReady} waits until it answers. */
  WebServer(ServerCommand command, Loopback place, String page, Duration limit) throws IOException {
    this.process = ServerProcess.start(command);
    this.uri = place.http();
    this.page = page;
    this.limit = limit;
  }

  /**
   * Waits until it answers.
   *
   * @throws IOException if it does not; the server is closed then
   */
  void awaitReady() throws IOException, InterruptedException {
    new HealthCheck(process, uri.resolve(page), limit).await();
  }

  /** The base address. */
  final URI uri() {
    return uri;
  }

  final ServerProcess process() {
    return process;
  }

  @Override
  public final void close() {
    process.close();
  }
}
