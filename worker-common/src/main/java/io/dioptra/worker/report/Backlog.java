package io.dioptra.worker.report;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that wait to be sent, in order: the first in memory, what comes faster than it is sent
 * in a file. Where that is full, or the disk is, lines are left out and a line in their place says
 * how many; errors have some room more, and the last lines are always kept. Belongs to {@link
 * JobLog}, which guards it.
 */
final class Backlog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  private static final String FULL = "they came faster than the REST API took them";

  private static final String TOO_LATE =
      "the job has ended, and the REST API takes them too slowly";

  /**
   * How much may wait.
   *
   * @param memory in characters
   * @param disk in bytes
   * @param errors in bytes, what errors may take beyond that
   * @param late in characters, what is kept in memory of the last lines when all else is full
   */
  record Room(long memory, long disk, long errors, long late) {}

  private final Room room;
  private final Deque<LogLine> head = new ArrayDeque<>();
  private final SpooledLines spooled;
  private final Deque<LogLine> late = new ArrayDeque<>();
  private long headSize;
  private long lateSize;
  private long leftOut;
  private String why = FULL;

  /** Set when the disk was in trouble, until some room was made. */
  private boolean stuck;

  /** Empty; {@code spool} has to have the room on the disk, and that of one line more. */
  Backlog(Room room, Spool spool) {
    this.room = room;
    this.spooled = new SpooledLines(spool);
  }

  void add(LogLine line) {
    late.addLast(line);
    lateSize += size(line);
    settle(line.severity().compareTo(Severity.ERROR) >= 0);
    while (lateSize > room.late()) {
      lateSize -= size(late.removeFirst());
      leftOut++;
    }
  }

  /** Gives late lines their place, as far as there is room, behind the note of what is left out. */
  private void settle(boolean withErrors) {
    while (!late.isEmpty()) {
      LogLine line = late.getFirst();
      if (isFull(line, withErrors)) {
        return;
      }
      ByteBuffer bytes = LineBytes.of(line);
      boolean settled =
          fits(line, bytes, withErrors) && noteWhatWasLeftOut(line) && append(line, bytes);
      if (!settled) {
        return;
      }
      late.removeFirst();
      lateSize -= size(line);
    }
  }

  boolean isEmpty() {
    return head.isEmpty() && spooled.count() == 0 && late.isEmpty() && leftOut == 0;
  }

  int count() {
    return head.size() + spooled.count() + late.size();
  }

  /** Takes the first lines: at least one if there is one, else as many as both limits allow. */
  List<LogLine> take(int most, long characters) {
    List<LogLine> taken = new ArrayList<>();
    long sum = 0;
    while (taken.size() < most && refill()) {
      sum += size(head.getFirst());
      if (!taken.isEmpty() && sum > characters) {
        break;
      }
      taken.add(removeFirst());
    }
    return taken;
  }

  /**
   * Leaves out all but the last lines, as many as both limits allow, and says so in their place.
   */
  void keepLast(int most, long characters) {
    Deque<LogLine> last = new ArrayDeque<>();
    long sum = 0;
    long dropped = 0;
    while (refill()) {
      last.addLast(removeFirst());
      sum += size(last.getLast());
      while (last.size() > most || (last.size() > 1 && sum > characters)) {
        LogLine first = last.removeFirst();
        sum -= size(first);
        dropped += LeftOut.lostWith(first);
      }
    }
    if (dropped > 0) {
      keep(LeftOut.note(last.getFirst().time(), dropped, TOO_LATE));
    }
    last.forEach(this::keep);
  }

  /** Whether there is no room, however few bytes it has: in a flood most lines end here. */
  private boolean isFull(LogLine line, boolean isError) {
    return !fitsIntoMemory(line)
        && (stuck || spooled.size() + line.event().length() > allowed(isError));
  }

  private boolean fits(LogLine line, ByteBuffer bytes, boolean isError) {
    return fitsIntoMemory(line)
        || (!stuck && spooled.size() + bytes.remaining() <= allowed(isError));
  }

  private long allowed(boolean isError) {
    return room.disk() + (isError ? room.errors() : 0);
  }

  private boolean fitsIntoMemory(LogLine line) {
    return spooled.count() == 0 && headSize + size(line) <= room.memory();
  }

  private boolean noteWhatWasLeftOut(LogLine neighbour) {
    if (leftOut == 0) {
      return true;
    }
    LogLine note = note(neighbour.time());
    ByteBuffer bytes = LineBytes.of(note);
    if (!fits(note, bytes, true) || !append(note, bytes)) {
      return false;
    }
    leftOut = 0;
    why = FULL;
    return true;
  }

  /** Appends what has room; not where the disk is in trouble. */
  private boolean append(LogLine line, ByteBuffer bytes) {
    if (fitsIntoMemory(line)) {
      keep(line);
      return true;
    }
    try {
      spooled.add(bytes);
      return true;
    } catch (IOException e) {
      stuck = true;
      why = "the disk of the worker did not take them (" + e.getMessage() + ")";
      LOG.warn("Lines of a job's log are left out: {}", why);
      return false;
    }
  }

  /** Whether there is a first line; afterwards it is in memory. */
  private boolean refill() {
    if (head.isEmpty() && spooled.count() > 0) {
      int count = spooled.count();
      try {
        LogLine line = spooled.poll();
        if (line != null) {
          keep(line);
        }
      } catch (IOException e) {
        leftOut += count;
        why = "the disk of the worker lost them (" + e.getMessage() + ")";
        forgetSpooled();
      }
      stuck = false;
    }
    if (head.isEmpty()) {
      settle(true);
    }
    if (head.isEmpty() && leftOut > 0) {
      keep(note(Instant.now()));
      leftOut = 0;
    }
    return !head.isEmpty();
  }

  private void forgetSpooled() {
    try {
      spooled.clear();
    } catch (IOException e) {
      LOG.debug("Clearing the file of waiting log lines", e);
    }
  }

  private LogLine note(Instant time) {
    return LeftOut.note(time, leftOut, why);
  }

  private void keep(LogLine line) {
    head.addLast(line);
    headSize += size(line);
  }

  private LogLine removeFirst() {
    LogLine line = head.removeFirst();
    headSize -= size(line);
    return line;
  }

  private static long size(LogLine line) {
    return 64L
        + line.event().length()
        + line.logger().length()
        + line.fields().length()
        + line.details().length();
  }

  @Override
  public void close() throws IOException {
    spooled.close();
  }
}
