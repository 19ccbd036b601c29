package io.dioptra.worker.relay;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;

/** The cookie by which the relay knows a session again; it is named as Dioptra's. */
final class SessionCookie {
  private static final String PREFIX = "session=";

  private SessionCookie() {}

  static Optional<String> of(HttpExchange exchange) {
    List<String> headers = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    return headers.stream()
        .flatMap(header -> List.of(header.split(";", -1)).stream())
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(PREFIX))
        .map(cookie -> cookie.substring(PREFIX.length()))
        .findFirst();
  }

  static void set(HttpExchange exchange, String session) {
    exchange.getResponseHeaders().add("Set-Cookie", PREFIX + session + "; HttpOnly; Path=/");
  }
}
