package io.dioptra.worker.report;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The lines that wait to be sent, in order and bounded by their size. When it is full, lines are
 * left out and a line in their place says how many; errors have as much room again. Belongs to
 * {@link JobLog}, which guards it.
 */
final class Backlog {
  private final long limit;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private long size;
  private long leftOut;

  /**
   * Empty.
   *
   * @param limit in characters
   */
  Backlog(long limit) {
    this.limit = limit;
  }

  void add(LogLine line) {
    long allowed = line.severity().compareTo(Severity.ERROR) < 0 ? limit : 2 * limit;
    if (size + size(line) > allowed) {
      leftOut++;
      return;
    }
    noteWhatWasLeftOut(line);
    append(line);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  int count() {
    return lines.size();
  }

  /** Takes the first lines: at least one if there is one, else as many as both limits allow. */
  List<LogLine> take(int most, long characters) {
    List<LogLine> taken = new ArrayList<>();
    long sum = 0;
    for (LogLine next = lines.peek(); next != null; next = lines.peek()) {
      sum += size(next);
      if (taken.size() == most || (!taken.isEmpty() && sum > characters)) {
        break;
      }
      taken.add(lines.remove());
      size -= size(next);
      if (lines.isEmpty()) {
        noteWhatWasLeftOut(next);
      }
    }
    return taken;
  }

  private void noteWhatWasLeftOut(LogLine neighbour) {
    if (leftOut > 0) {
      String text =
          leftOut + " lines were left out here: they came faster than the REST API took them";
      leftOut = 0;
      append(LogLine.of(neighbour.time(), Severity.WARNING, JobLog.OWN_LOGGER, text));
    }
  }

  private void append(LogLine line) {
    lines.add(line);
    size += size(line);
  }

  private static long size(LogLine line) {
    return 64L
        + line.event().length()
        + line.logger().length()
        + line.fields().length()
        + line.details().length();
  }
}
