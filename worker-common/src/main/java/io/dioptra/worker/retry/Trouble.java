package io.dioptra.worker.retry;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Why an attempt got no usable answer, as far as it matters for the next one. */
public enum Trouble {
  /** The connection ended under the request: kept alive too long, or the server went away. */
  BROKEN_CONNECTION,
  /** Nobody listens, no answer in time, or the server says it cannot for now. */
  OUT_OF_ORDER;

  /** What a failure of the network means. */
  public static Trouble of(IOException failure) {
    return switch (failure) {
      case ConnectException _, SocketTimeoutException _, UnknownHostException _ -> OUT_OF_ORDER;
      case SocketException _, EOFException _ -> BROKEN_CONNECTION;
      // OkHttp says this where the server closes before or in the middle of its answer.
      case IOException other when saysEndOfStream(other) -> BROKEN_CONNECTION;
      default -> OUT_OF_ORDER;
    };
  }

  private static boolean saysEndOfStream(IOException failure) {
    return String.valueOf(failure.getMessage())
        .toLowerCase(Locale.ROOT)
        .contains("unexpected end of stream");
  }
}
