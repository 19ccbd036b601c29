package io.dioptra.worker.task;

import java.time.Instant;

/**
 * One event of a job's log.
 *
 * @param logger the name of the logger that wrote it
 * @param event the text of the event
 * @param fields what structured loggers add, rendered as {@code key=value}; may be empty
 * @param details a traceback or other lines that follow; may be empty
 */
public record LogLine(
    Instant time, Severity severity, String logger, String event, String fields, String details) {
  /** A line without fields and details. */
  public static LogLine of(Instant time, Severity severity, String logger, String event) {
    return new LogLine(time, severity, logger, event, "", "");
  }
}
