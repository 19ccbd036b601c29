package io.dioptra.worker.host;

/** No task host could be started; the message says why and what the operator can do. */
public final class HostStartException extends Exception {
  private static final long serialVersionUID = 1L;

  HostStartException(String message) {
    super(message);
  }

  HostStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
