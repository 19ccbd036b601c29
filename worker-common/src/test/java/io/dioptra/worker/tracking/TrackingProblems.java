package io.dioptra.worker.tracking;

/** Troubles with MLflow and the artifact store, for tests of what is made of them. */
public final class TrackingProblems {
  private TrackingProblems() {}

  public static TrackingException refused(int status, String code, String message) {
    return new TrackingException.Refused("a request", status, code, message);
  }

  public static TrackingException notStored(String message) {
    return new TrackingException.NotStored(message);
  }
}
