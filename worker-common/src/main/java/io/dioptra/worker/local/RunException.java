package io.dioptra.worker.local;

/** A run has failed; the message is for who wrote the entrypoint. */
final class RunException extends Exception {
  private static final long serialVersionUID = 1;

  RunException(String message) {
    super(message);
  }
}
