package io.dioptra.worker.engine;

/** A reference stands for nothing when its step runs; the reason is worded as Dioptra words it. */
final class UnresolvableException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  UnresolvableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
