package io.dioptra.worker.testing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An S3 server (moto) on a free loopback port, with the bucket of Dioptra's deployment. */
final class S3Server extends WebServer {
  /** The bucket that exists. */
  public static final String BUCKET = "mlflow-tracking";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private S3Server(ServerCommand command, Loopback place) throws IOException {
    super(command, place, "/moto-api/", LIMIT);
  }

  /** Starts it; {@link #awaitReady} waits until it answers and makes the bucket. */
  static S3Server start(Path folder) throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.named("mlflow");
    Loopback place = Loopback.free();
    ServerCommand command =
        new ServerCommand(
            "The S3 server",
            python.module("moto.server", "-H", Loopback.HOST, "-p", place.portText()),
            Map.of(),
            folder);
    return new S3Server(command, place);
  }

  /** The variables with which S3 clients sign; the server accepts any. */
  public static Map<String, String> credentials() {
    return Map.of("AWS_ACCESS_KEY_ID", "testing", "AWS_SECRET_ACCESS_KEY", "testing");
  }

  /**
   * Waits until it answers and makes the bucket.
   *
   * @throws IOException if it does not; the server is closed then
   */
  @Override
  void awaitReady() throws IOException, InterruptedException {
    super.awaitReady();
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve("/" + BUCKET)).PUT(BodyPublishers.noBody()).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("The S3 server makes no bucket: " + answer.body());
      }
    }
  }
}
