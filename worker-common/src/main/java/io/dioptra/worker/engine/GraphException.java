package io.dioptra.worker.engine;

/** The configuration does not allow to go on; the reason is worded as Dioptra words it. */
final class GraphException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  GraphException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
