package io.dioptra.worker.queue.payload;

/** A payload is not one this worker reads. */
final class PayloadRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  PayloadRefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** One printable line. */
  String reason() {
    return reason;
  }
}
