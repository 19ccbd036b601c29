package io.dioptra.worker.testing;

import tools.jackson.databind.JsonNode;

/** A line of a job's log, as the REST API stores it: {@code & < >} are escaped. */
public record JobLogLine(String severity, String logger, String message) {
  static JobLogLine of(JsonNode line) {
    return new JobLogLine(
        line.get("severity").asString(),
        line.get("loggerName").asString(),
        line.get("message").asString());
  }
}
