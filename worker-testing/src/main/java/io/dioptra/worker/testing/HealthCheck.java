package io.dioptra.worker.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a starting server for one page until it answers 200. */
record HealthCheck(ServerProcess server, URI page, Duration limit) {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /**
   * Waits until the server answers, and closes it where it does not.
   *
   * @throws IOException if it ended, or if it does not answer within the limit; with its last lines
   */
  void await() throws IOException, InterruptedException {
    CompletableFuture<Integer> ended = server.onExit();
    long end = System.nanoTime() + limit.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!answers(http)) {
        if (endedWithin(ended, PAUSE)) {
          throw failure("ended with status " + ended.join() + " before it answered");
        }
        if (System.nanoTime() > end) {
          throw failure("does not answer at " + page + " after " + limit.toSeconds() + " s");
        }
      }
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private boolean answers(HttpClient http) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean endedWithin(CompletableFuture<Integer> ended, Duration wait)
      throws IOException, InterruptedException {
    try {
      ended.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("Cannot watch a server", e);
    }
  }

  private IOException failure(String what) {
    return new IOException(
        server.name() + " " + what + ". Its log: " + server.log() + ".\n" + server.tail());
  }
}
