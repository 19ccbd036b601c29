package io.dioptra.worker.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text. A carriage return ends a line too, unless it is an empty one, so
 * that a progress bar arrives as it moves; bytes that are no UTF-8 become replacement characters; a
 * line over {@link #LIMIT} bytes is cut with a note. Used by one thread.
 */
final class LineSplitter {
  static final int LIMIT = 64 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long leftOut;
  private boolean afterReturn;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void accept(byte[] bytes, int from, int to) {
    int start = from;
    for (int at = from; at < to; at++) {
      byte next = bytes[at];
      if (next == '\n' || next == '\r') {
        lineEnds(bytes, start, at, next == '\r');
        start = at + 1;
      }
    }
    keep(bytes, start, to);
  }

  /** Hands over what is there as a line; nothing where nothing is there. */
  void end() {
    if (begun.size() > 0) {
      handOver();
    }
    afterReturn = false;
  }

  private void lineEnds(byte[] bytes, int start, int end, boolean isReturn) {
    keep(bytes, start, end);
    boolean empty = begun.size() == 0;
    boolean alreadyEnded = empty && (isReturn || (afterReturn && start == end));
    if (!alreadyEnded) {
      handOver();
    }
    afterReturn = isReturn && !empty;
  }

  private void keep(byte[] bytes, int from, int to) {
    int kept = Math.min(to - from, LIMIT - begun.size());
    begun.write(bytes, from, kept);
    leftOut += to - from - kept;
    if (from < to) {
      afterReturn = false;
    }
  }

  private void handOver() {
    String text = begun.toString(StandardCharsets.UTF_8);
    lines.accept(leftOut == 0 ? text : text + " [… " + leftOut + " more bytes left out]");
    begun.reset();
    leftOut = 0;
  }
}
