package io.dioptra.worker.report;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line that stands where others were left out. */
final class LeftOut {
  private static final Pattern NOTE = Pattern.compile("(\\d{1,18}) lines were left out here: .*");

  private LeftOut() {}

  static LogLine note(Instant time, long lines, String why) {
    return LogLine.of(
        time,
        Severity.WARNING,
        JobLog.OWN_LOGGER,
        "%d lines were left out here: %s".formatted(lines, why));
  }

  /** How many lines are lost with this one: those that it stands for, if it is such a note. */
  static long lostWith(LogLine line) {
    Matcher note = NOTE.matcher(line.event());
    return line.logger().equals(JobLog.OWN_LOGGER) && note.matches()
        ? Long.parseLong(note.group(1))
        : 1;
  }
}
