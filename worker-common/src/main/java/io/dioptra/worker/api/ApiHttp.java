package io.dioptra.worker.api;

import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.network.HttpCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One attempt at one request over HTTP. Any thread may use it; {@link ApiConnection} owns it. */
final class ApiHttp implements AutoCloseable {
  /** A session is bound to it: another one with the same cookies is refused. */
  private static final String USER_AGENT = "dioptra-worker-v1";

  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** As long as the API's own server lets a request take. */
  private static final Duration READ = Duration.ofSeconds(60);

  /** Shorter than servers keep a connection (gunicorn: 2 s), so that a stale one is rarely used. */
  private static final Duration IDLE = Duration.ofMillis(1500);

  private static final int IDLE_CONNECTIONS = 16;

  private final HttpUrl root;
  private final HttpCalls calls;

  ApiHttp(ApiSettings settings) {
    this.root = HttpUrl.get(settings.base().toString()).newBuilder().query(null).build();
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(
                new ConnectionPool(IDLE_CONNECTIONS, IDLE.toMillis(), TimeUnit.MILLISECONDS))
            .connectTimeout(CONNECT)
            .readTimeout(READ)
            .writeTimeout(READ)
            // Repeating is decided where it is known what a lost answer means.
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .addNetworkInterceptor(
                chain -> {
                  Sent sent = chain.request().tag(Sent.class);
                  if (sent != null) {
                    sent.started.set(true);
                  }
                  return chain.proceed(chain.request());
                });
    this.calls = new HttpCalls(settings.network(), client);
  }

  /** Whether an attempt got as far as a connection, so that the server may have acted on it. */
  static final class Sent {
    private final AtomicBoolean started = new AtomicBoolean();

    boolean maybe() {
      return started.get();
    }
  }

  /**
   * Asks once.
   *
   * @param cookies the session; null for none
   * @param limit for the request and its answer up to the end of the body
   */
  Response ask(Question question, @Nullable String cookies, Duration limit, Sent sent)
      throws IOException {
    Request.Builder request =
        request(url(question.path()), sent).method(question.method(), body(question));
    if (cookies != null) {
      request.header("Cookie", cookies);
    }
    var call = calls.of(request.build());
    call.timeout().timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    return call.execute();
  }

  /**
   * Asks once for somebody else. Only silence is limited: how long the answer takes is up to who
   * reads it.
   */
  Response pass(PassedRequest question, String cookies, Sent sent) throws IOException {
    HttpUrl.Builder url = root.newBuilder().addPathSegments(question.path());
    question.query().ifPresent(url::encodedQuery);
    RequestBody body = question.json().map(json -> RequestBody.create(json, JSON)).orElse(null);
    return calls
        .of(
            request(url.build(), sent)
                .header("Cookie", cookies)
                .method(question.method(), body)
                .build())
        .execute();
  }

  private static Request.Builder request(HttpUrl url, Sent sent) {
    return new Request.Builder().url(url).header("User-Agent", USER_AGENT).tag(Sent.class, sent);
  }

  private HttpUrl url(String path) {
    int query = path.indexOf('?');
    return query < 0
        ? root.newBuilder().addPathSegments(path).build()
        : root.newBuilder()
            .addPathSegments(path.substring(0, query))
            .query(path.substring(query + 1))
            .build();
  }

  private static @Nullable RequestBody body(Question question) {
    return question.body() == null
        ? null
        : RequestBody.create(JsonValues.write(question.body()), JSON);
  }

  /** Closes what is kept alive: where one such connection was broken, the others are as old. */
  void dropIdleConnections() {
    calls.dropIdleConnections();
  }

  @Override
  public void close() {
    calls.close();
  }
}
