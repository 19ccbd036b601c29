package io.dioptra.worker.api;

import io.dioptra.worker.job.FailureKind;

/** A request to Dioptra's REST API that was not done. The message says what, where and why. */
public abstract sealed class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private ApiException(String message) {
    super(message);
  }

  private ApiException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Who can act. */
  public abstract FailureKind kind();

  /** The API understood and said no; saying it again does not help. */
  public static final class Refused extends ApiException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    Refused(String request, int status, ErrorBody body) {
      super(
          "Dioptra's REST API refused %s: %d %s%s"
              .formatted(
                  request,
                  status,
                  body.error().isEmpty() ? "" : body.error() + ": ",
                  body.message()));
      this.status = status;
      this.error = body.error();
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The class name of Dioptra's error; empty where the web framework answered. */
    public String error() {
      return error;
    }

    /** Whether the thing the request names does not exist, or no longer. */
    public boolean isGone() {
      return status == 423 || (status == 404 && !error.isEmpty());
    }

    /**
     * A job's owner can mend the entrypoint, its swaps and what was deleted; the operator what the
     * account may do and what stands between the worker and the API. The rest is us.
     */
    @Override
    public FailureKind kind() {
      if (isGone() || error.startsWith("Entrypoint") || error.contains("Swap")) {
        return FailureKind.INPUT;
      }
      return (error.isEmpty() && status != 400) || error.equals("JobStoreError")
          ? FailureKind.ENVIRONMENT
          : FailureKind.WORKER;
    }
  }

  /** The worker's account is not accepted. */
  public static final class LoginRefused extends ApiException {
    private static final long serialVersionUID = 1L;

    LoginRefused(String message) {
      super(message);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.ENVIRONMENT;
    }
  }

  /**
   * No usable answer within the time the caller gave. Whether the request was done is not known.
   */
  public static final class Unreachable extends ApiException {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }

    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.ENVIRONMENT;
    }
  }

  /** A success whose content is not what Dioptra documents. */
  public static final class Garbled extends ApiException {
    private static final long serialVersionUID = 1L;

    Garbled(String request, Throwable cause) {
      super(
          "Dioptra's REST API answered %s with something else than Dioptra 1.1 or 1.2 does: %s"
              .formatted(request, cause.getMessage()),
          cause);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.ENVIRONMENT;
    }
  }
}
