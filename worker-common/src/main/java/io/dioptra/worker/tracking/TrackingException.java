package io.dioptra.worker.tracking;

import io.dioptra.worker.job.FailureKind;

/**
 * Something the tracking server or the artifact store did not do. The message says what and why.
 */
public abstract sealed class TrackingException extends Exception {
  private static final long serialVersionUID = 1L;

  private TrackingException(String message) {
    super(message);
  }

  private TrackingException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Who can act. */
  public abstract FailureKind kind();

  /** The server understood and said no; saying it again does not help. */
  public static final class Refused extends TrackingException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(String request, int status, String code, String message) {
      super(
          "The tracking server refused %s: %d %s"
              .formatted(request, status, code.isEmpty() ? message : code + ": " + message));
      this.status = status;
      this.code = code;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** MLflow's error code; empty where something else answered. */
    public String code() {
      return code;
    }

    @Override
    public FailureKind kind() {
      return code.equals("INVALID_PARAMETER_VALUE") ? FailureKind.INPUT : FailureKind.ENVIRONMENT;
    }
  }

  /** No usable answer within the time the caller gave. */
  public static final class Unreachable extends TrackingException {
    private static final long serialVersionUID = 1L;

    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.ENVIRONMENT;
    }
  }

  /** The artifact store did not take a file. */
  public static final class NotStored extends TrackingException {
    private static final long serialVersionUID = 1L;

    NotStored(String message) {
      super(message);
    }

    NotStored(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.ENVIRONMENT;
    }
  }
}
