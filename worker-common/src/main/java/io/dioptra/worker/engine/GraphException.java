package io.dioptra.worker.engine;

/** The configuration cannot be checked to its end; the reason is worded as Dioptra words it. */
final class GraphException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final transient Place place;

  GraphException(String reason, Place place) {
    super(reason);
    this.reason = reason;
    this.place = place;
  }

  String reason() {
    return reason;
  }

  Place place() {
    return place;
  }
}
