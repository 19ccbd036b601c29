package io.dioptra.worker.api;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the API says in an answer that is not a success.
 *
 * @param error the class of the error; empty where the web framework answered, or something between
 *     it and us
 * @param existingId the id of what is there already, in an {@code EntityExistsError}
 */
record ErrorBody(String error, String message, OptionalLong existingId) {
  /** How much is quoted of an answer that nobody can parse. */
  private static final int QUOTED = 200;

  /** Reads any of the API's three shapes, and what a proxy may say instead. */
  static ErrorBody of(byte[] body) {
    JsonNode json;
    try {
      json = JsonValues.read(body);
    } catch (JacksonException e) {
      return new ErrorBody("", quote(new String(body, java.nio.charset.StandardCharsets.UTF_8)));
    }
    if (json.path("errors").isObject()) {
      return new ErrorBody("", "the request was not understood: " + fields(json.path("errors")));
    }
    JsonNode detail = json.path("detail");
    JsonNode existing = detail.path("existing_id");
    return new ErrorBody(
        json.path("error").asString(""),
        json.path("message").asString("") + reason(detail),
        existing.canConvertToLong() && existing.isNumber()
            ? OptionalLong.of(existing.longValue())
            : OptionalLong.empty());
  }

  private ErrorBody(String error, String message) {
    this(error, message, OptionalLong.empty());
  }

  private static String fields(JsonNode errors) {
    List<String> fields = new ArrayList<>();
    errors.forEachEntry((name, texts) -> fields.add(name + ": " + texts));
    return String.join("; ", fields);
  }

  /** Only the errors of a validation say more in their detail than in their message. */
  private static String reason(JsonNode detail) {
    JsonNode reason = detail.path("reason");
    return reason.isMissingNode() || reason.isNull() ? "" : " " + reason;
  }

  private static String quote(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "…";
  }
}
