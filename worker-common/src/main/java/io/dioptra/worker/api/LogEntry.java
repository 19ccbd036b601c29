package io.dioptra.worker.api;

import io.dioptra.worker.task.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record of a job's log.
 *
 * @param message as it is to be stored; the API removes what looks like a tag, so {@code & < >}
 *     must be escaped
 */
public record LogEntry(Severity severity, String logger, String message) {
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("severity", severity.name());
    body.put("loggerName", logger);
    body.put("message", message);
    return body;
  }
}
