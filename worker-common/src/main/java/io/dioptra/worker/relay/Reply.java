package io.dioptra.worker.relay;

import com.sun.net.httpserver.HttpExchange;
import io.dioptra.worker.job.JobId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of the relay itself, in the shapes that Dioptra's API uses. */
record Reply(int status, Map<String, String> body) {
  static final String OPTION = "--job-credentials worker";

  static Reply loggedIn(String username) {
    return new Reply(200, Map.of("status", "Login successful", "username", username));
  }

  static Reply loggedOut(String username) {
    return new Reply(200, Map.of("status", "Logout successful", "username", username));
  }

  static Reply wrongAccount() {
    return error(
        401,
        "UserAuthenticationError",
        "Unauthorized - these are not the credentials of a job that runs here. They end with the"
            + " job.");
  }

  static Reply noSession() {
    return new Reply(401, Map.of("message", "There is no session of a running job. Log in first."));
  }

  /** Refused for what it would change. */
  static Reply outOfScope(JobId job, String what) {
    return error(
        403,
        "JobScopeError",
        "Job %s may not %s: a job may read everything, but write only its own metrics, log and artifacts. The operator can give jobs the worker's account with %s."
            .formatted(job, what, OPTION));
  }

  static Reply tooLarge(int limit) {
    return error(
        413, "JobScopeError", "The body is larger than the %d bytes taken.".formatted(limit));
  }

  static Reply badRequest(String message) {
    return error(400, "BadRequestError", message);
  }

  static Reply absent(Target target) {
    return new Reply(404, Map.of("message", "There is nothing at " + target + "."));
  }

  /** The API's address stays unsaid: jobs need not know it. */
  static Reply unreachable() {
    return error(
        502,
        "ApiUnreachableError",
        "Dioptra's REST API gave the worker no usable answer. The worker's own log says more.");
  }

  private static Reply error(int status, String error, String message) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("error", error);
    body.put("message", message);
    return new Reply(status, body);
  }

  String message() {
    return body.getOrDefault("message", "");
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] json = Json.write(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, json.length);
      exchange.getResponseBody().write(json);
    }
  }
}
