package io.dioptra.worker.tracking;

import io.dioptra.worker.network.HttpCalls;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Carries the requests of AWS's client as all others of the worker are carried: with the site's
 * certificates, and through its proxy also with a password, which Java's own client refuses there.
 */
final class S3Http implements SdkHttpClient {
  private static final String LENGTH = "Content-Length";

  private final HttpCalls calls;

  S3Http(HttpCalls calls) {
    this.calls = calls;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest asked) {
    SdkHttpRequest http = asked.httpRequest();
    RequestBody body =
        asked.contentStreamProvider().<RequestBody>map(it -> new Body(http, it)).orElse(null);
    Request.Builder request =
        new Request.Builder()
            .url(HttpUrl.get(http.getUri().toString()))
            .method(http.method().name(), body == null ? emptyBody(http) : body);
    http.forEachHeader((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    return new Asked(calls.of(request.build()));
  }

  /** Some methods need a body, be it an empty one. */
  private static @Nullable RequestBody emptyBody(SdkHttpRequest http) {
    return switch (http.method()) {
      case PUT, POST, PATCH -> RequestBody.EMPTY;
      case GET, HEAD, DELETE, OPTIONS -> null;
    };
  }

  @Override
  public String clientName() {
    return "OkHttp";
  }

  @Override
  public void close() {
    calls.close();
  }

  private record Asked(Call okHttp) implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      Response response = okHttp.execute();
      AbortableInputStream content =
          AbortableInputStream.create(response.body().byteStream(), okHttp::cancel);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpFullResponse.builder()
                  .statusCode(response.code())
                  .statusText(response.message())
                  .headers(response.headers().toMultimap())
                  .build())
          .responseBody(content)
          .build();
    }

    @Override
    public void abort() {
      okHttp.cancel();
    }
  }

  private static final class Body extends RequestBody {
    private final SdkHttpRequest http;
    private final ContentStreamProvider content;

    Body(SdkHttpRequest http, ContentStreamProvider content) {
      this.http = http;
      this.content = content;
    }

    /** Stands among the headers, which are signed. */
    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      Optional<String> length = http.firstMatchingHeader(LENGTH);
      return length.map(Long::parseLong).orElse(-1L);
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (Source source = Okio.source(content.newStream())) {
        sink.writeAll(source);
      }
    }
  }
}
