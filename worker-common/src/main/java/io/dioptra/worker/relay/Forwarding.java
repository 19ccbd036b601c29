package io.dioptra.worker.relay;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.PassedAnswer;
import io.dioptra.worker.api.PassedRequest;
import io.dioptra.worker.retry.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what is allowed to the API, and its answer back. */
final class Forwarding {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  /** Long enough for a restart of the API, short enough for a plugin that waits. */
  private static final Patience PATIENCE = Patience.of(Duration.ofMinutes(1));

  private static final String API = "/api/v1/";
  private static final int NO_BODY = -1;
  private static final int OF_ANY_LENGTH = 0;

  private final DioptraApi api;

  Forwarding(DioptraApi api) {
    this.api = api;
  }

  void read(HttpExchange exchange, Target target) throws IOException, InterruptedException {
    PassedRequest request =
        new PassedRequest(
            exchange.getRequestMethod(), target.path(), target.query(), Optional.empty(), true);
    pass(request, exchange);
  }

  void post(HttpExchange exchange, String path, String json, boolean repeatable)
      throws IOException, InterruptedException {
    pass(
        new PassedRequest("POST", path, Optional.empty(), Optional.of(json), repeatable), exchange);
  }

  private void pass(PassedRequest request, HttpExchange exchange)
      throws IOException, InterruptedException {
    try {
      api.pass(request, answer -> send(answer, exchange), PATIENCE);
    } catch (ApiException e) {
      LOG.warn("A request of a job was not passed on: {}", e.getMessage());
      Reply.unreachable().send(exchange);
    }
  }

  private static void send(PassedAnswer answer, HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer.contentType().ifPresent(type -> headers.set("Content-Type", type));
    answer.contentDisposition().ifPresent(how -> headers.set("Content-Disposition", how));
    answer.location().flatMap(Forwarding::here).ifPresent(to -> headers.set("Location", to));
    boolean withoutBody =
        exchange.getRequestMethod().equals("HEAD")
            || answer.status() == 204
            || answer.status() == 304
            || answer.length().orElse(NO_BODY) == 0;
    if (withoutBody) {
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
    } else {
      exchange.sendResponseHeaders(answer.status(), answer.length().orElse(OF_ANY_LENGTH));
      answer.body().transferTo(exchange.getResponseBody());
    }
  }

  /** The API names itself by its own address; jobs know only the relay's. */
  private static Optional<String> here(String location) {
    int at = location.indexOf(API);
    return at < 0 ? Optional.empty() : Optional.of(location.substring(at));
  }
}
