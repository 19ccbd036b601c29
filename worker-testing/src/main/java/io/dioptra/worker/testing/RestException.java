package io.dioptra.worker.testing;

import java.io.IOException;

/** The REST API refused a request. */
public final class RestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RestException(String call, int status, String body) {
    super(call + " was answered with " + status + ": " + body);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
