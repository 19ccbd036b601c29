package io.dioptra.worker.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP with cookies. Any thread may call it; every call blocks for the answer. */
final class RestSession implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final URI base;
  private final HttpClient http;
  private final JsonMapper json;

  private RestSession(URI base, HttpClient http, JsonMapper json) {
    this.base = base;
    this.http = http;
    this.json = json;
  }

  /**
   * Opens no connection yet.
   *
   * @param base what the paths of the calls are added to
   */
  static RestSession to(URI base) {
    // A threaded gunicorn closes a connection two seconds after its last answer; the JDK's client
    // does not repeat a POST that meets the closed end, so it must let go first.
    System.setProperty("jdk.httpclient.keepalive.timeout", "1");
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    JsonMapper json =
        JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    return new RestSession(base, http, json);
  }

  JsonMapper json() {
    return json;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path).GET().build());
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send("POST", path, "application/json", BodyPublishers.ofString(body.toString()));
  }

  JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return send("PUT", path, "application/json", BodyPublishers.ofString(body.toString()));
  }

  JsonNode post(String path, Multipart form) throws IOException, InterruptedException {
    return send("POST", path, form.contentType(), BodyPublishers.ofByteArray(form.bytes()));
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return answer(request(path).DELETE().build());
  }

  byte[] download(String path) throws IOException, InterruptedException {
    return bytes(request(path).GET().build());
  }

  private JsonNode send(String method, String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return answer(request(path).header("Content-Type", type).method(method, body).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    return json.readTree(bytes(request));
  }

  private byte[] bytes(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      String body = new String(response.body(), StandardCharsets.UTF_8);
      throw new RestException(
          request.method() + " " + request.uri().getPath(), response.statusCode(), body.strip());
    }
    return response.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
