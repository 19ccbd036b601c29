package io.dioptra.worker.tracking;

import java.io.IOException;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the tracking server says in an answer that is not a success. */
final class Refusals {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** How much is quoted of an answer that is not MLflow's. */
  private static final int QUOTED = 200;

  private Refusals() {}

  static TrackingException.Refused of(String what, Response response) throws IOException {
    String body = response.body().string();
    try {
      JsonNode json = MAPPER.readTree(body);
      return new TrackingException.Refused(
          what,
          response.code(),
          json.path("error_code").asString(""),
          json.path("message").asString(""));
    } catch (JacksonException _) {
      String line = body.strip().replaceAll("\\s+", " ");
      return new TrackingException.Refused(
          what, response.code(), "", line.substring(0, Math.min(QUOTED, line.length())));
    }
  }
}
