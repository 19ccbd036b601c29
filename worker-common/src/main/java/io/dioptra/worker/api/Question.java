package io.dioptra.worker.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path below the API's base, exactly as the API names it, with its query
 * @param body written as JSON; null for none
 * @param anonymous whether it is asked without a session
 */
record Question(String method, String path, @Nullable Object body, boolean anonymous) {
  private static final String VERSION = "api/v1/";

  /** The one question that is answered outside of the versioned API, and to anybody. */
  static Question health() {
    return new Question("GET", "health", null, true);
  }

  static Question get(String path) {
    return new Question("GET", VERSION + path, null, false);
  }

  static Question post(String path, Map<String, ?> body) {
    return new Question("POST", VERSION + path, body, false);
  }

  static Question put(String path, Map<String, ?> body) {
    return new Question("PUT", VERSION + path, body, false);
  }

  Question withoutSession() {
    return new Question(method, path, body, true);
  }

  /** For messages; the body is left out, it may be a password. */
  @Override
  public String toString() {
    return method + " /" + path;
  }
}
