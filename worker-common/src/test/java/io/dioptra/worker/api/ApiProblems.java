package io.dioptra.worker.api;

import java.util.OptionalLong;

/** Troubles with the REST API, for tests of what is made of them. */
public final class ApiProblems {
  private ApiProblems() {}

  /** A refusal, for example of {@code GET /jobs/7/config}. */
  public static ApiException refused(String request, int status, String error, String message) {
    return new ApiException.Refused(
        request, status, new ErrorBody(error, message, OptionalLong.empty()));
  }

  public static ApiException loginRefused(String message) {
    return new ApiException.LoginRefused(message);
  }

  public static ApiException unreachable(String message) {
    return new ApiException.Unreachable(message);
  }
}
