package io.dioptra.worker.app;

/** A command line that cannot be understood; the message says where. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
