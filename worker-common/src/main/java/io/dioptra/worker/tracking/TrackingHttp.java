package io.dioptra.worker.tracking;

import io.dioptra.worker.config.TrackingSettings;
import io.dioptra.worker.network.HttpCalls;
import io.dioptra.worker.network.Trust;
import io.dioptra.worker.retry.Attempts;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.retry.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Requests to the tracking server, repeated while it is out of order. Any thread may use it. */
final class TrackingHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** As MLflow's own client. */
  private static final Duration READ = Duration.ofMinutes(2);

  /** Shorter than servers keep a connection (uvicorn: 5 s, gunicorn: 2 s). */
  private static final Duration IDLE = Duration.ofMillis(1500);

  private static final int IDLE_CONNECTIONS = 8;

  /** What MLflow's own client repeats. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final HttpUrl root;
  private final Patience patience;
  private final MonotonicClock clock;
  private final HttpCalls calls;

  TrackingHttp(TrackingSettings settings, Patience patience, MonotonicClock clock) {
    this.root = HttpUrl.get(settings.server().toString());
    this.patience = patience;
    this.clock = clock;
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(
                new ConnectionPool(IDLE_CONNECTIONS, IDLE.toMillis(), TimeUnit.MILLISECONDS))
            .connectTimeout(CONNECT)
            .readTimeout(READ)
            .writeTimeout(READ)
            .retryOnConnectionFailure(false)
            .addInterceptor(chain -> chain.proceed(introduced(chain.request(), settings)));
    this.calls = new HttpCalls(settings.network(), client);
  }

  /** The server's own address, to which paths are added. */
  HttpUrl root() {
    return root;
  }

  /** Reads a success. An {@code IOException} means that the answer was cut. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Response response) throws IOException;
  }

  /**
   * Asks until there is an answer.
   *
   * @param what for messages
   */
  <T> T ask(String what, Request request, Reader<T> reader)
      throws TrackingException, InterruptedException {
    Attempts attempts = new Attempts(patience, clock);
    while (true) {
      var call = calls.of(request);
      call.timeout().timeout(Math.max(1, attempts.remaining().toMillis()), TimeUnit.MILLISECONDS);
      try (Response response = call.execute()) {
        if (response.isSuccessful()) {
          return reader.read(response);
        }
        TrackingException.Refused refused = Refusals.of(what, response);
        if (!PASSING.contains(response.code())) {
          throw refused;
        }
        waitOrGiveUp(attempts, what, Trouble.OUT_OF_ORDER, refused);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        waitOrGiveUp(attempts, what, Trouble.of(e), e);
      }
    }
  }

  private void waitOrGiveUp(Attempts attempts, String what, Trouble trouble, Exception cause)
      throws TrackingException, InterruptedException {
    if (trouble == Trouble.BROKEN_CONNECTION) {
      calls.dropIdleConnections();
    }
    if (!attempts.again(trouble)) {
      throw new TrackingException.Unreachable(
          ("The tracking server at %s did not do %s in %d attempts: %s The operator should check"
                  + " MLFLOW_TRACKING_URI and the server.%s")
              .formatted(
                  root.redact(), what, attempts.failed(), cause.getMessage(), Trust.advice(cause)),
          cause);
    }
  }

  private static Request introduced(Request request, TrackingSettings settings) {
    Request.Builder builder = request.newBuilder().header("User-Agent", "dioptra-worker-v1");
    return switch (settings.account()) {
      case TrackingSettings.Account.Anonymous _ -> builder.build();
      case TrackingSettings.Account.Password(String username, var password) ->
          builder.header("Authorization", Credentials.basic(username, password.reveal())).build();
      case TrackingSettings.Account.Token(var token) ->
          builder.header("Authorization", "Bearer " + token.reveal()).build();
    };
  }

  @Override
  public void close() {
    calls.close();
  }
}
