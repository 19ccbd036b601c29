package io.dioptra.worker.api;

import java.util.Optional;

/**
 * A request of somebody else, made in the worker's session.
 *
 * @param path below the API's base and without escapes, for example {@code api/v1/jobs/7/metrics}
 * @param query as it stands in a URL, escaped
 * @param json the body
 * @param repeatable whether it may be sent again when it is not known if it was carried out
 */
public record PassedRequest(
    String method, String path, Optional<String> query, Optional<String> json, boolean repeatable) {
  /** For messages; query and body are left out. */
  @Override
  public String toString() {
    return method + " /" + path;
  }
}
