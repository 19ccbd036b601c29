package io.dioptra.worker.relay;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The body of a request. */
final class Body {
  /** More than a batch of log lines or metrics ever takes. */
  static final int LIMIT = 4 << 20;

  /** A client that is still sending does not read why it is refused, so that much is awaited. */
  private static final long AWAITED = 64 << 20;

  private Body() {}

  /** All of it; empty where that is more than the limit. */
  static Optional<byte[]> read(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(LIMIT + 1);
    if (body.length <= LIMIT) {
      return Optional.of(body);
    }
    drop(exchange);
    return Optional.empty();
  }

  /** Reads on without keeping anything. */
  static void drop(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] buffer = new byte[1 << 13];
    long left = AWAITED;
    int count = in.read(buffer);
    while (count >= 0 && left > 0) {
      left -= count;
      count = in.read(buffer);
    }
  }
}
