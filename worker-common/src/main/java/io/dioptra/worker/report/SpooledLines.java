package io.dioptra.worker.report;

import io.dioptra.worker.task.LogLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of lines whose middle lies in a {@link Spool}; its two ends, a few hundred KiB each, are
 * in memory, so that the file is written and read by the block. Used by one thread at a time.
 */
final class SpooledLines implements Closeable {
  private static final int BLOCK = 256 << 10;

  private final Spool spool;
  private ByteBuffer first = ByteBuffer.allocate(0);
  private ByteBuffer last = ByteBuffer.allocate(0);
  private int count;

  SpooledLines(Spool spool) {
    this.spool = spool;
  }

  int count() {
    return count;
  }

  /** What waits, in bytes. */
  long size() {
    return first.remaining() + spool.size() + last.position();
  }

  /** Appends a line, or nothing where the disk is in trouble. */
  void add(ByteBuffer line) throws IOException {
    if (line.remaining() > last.remaining()) {
      if (last.position() > 0) {
        spool.write(last.duplicate().flip());
      }
      last = ByteBuffer.allocate(Math.max(BLOCK, line.remaining()));
    }
    last.put(line);
    count++;
  }

  /** Takes the first line; null where there is none. */
  @Nullable LogLine poll() throws IOException {
    if (count == 0) {
      return null;
    }
    while (first.remaining() < LineBytes.size(first)) {
      fill(LineBytes.size(first));
    }
    count--;
    LogLine line = LineBytes.read(first);
    if (count == 0) {
      first = ByteBuffer.allocate(0);
      last = ByteBuffer.allocate(0);
    }
    return line;
  }

  /** Forgets all. */
  void clear() throws IOException {
    count = 0;
    first = ByteBuffer.allocate(0);
    last = ByteBuffer.allocate(0);
    spool.clear();
  }

  private void fill(int needed) throws IOException {
    if (spool.size() == 0) {
      ByteBuffer rest = first;
      ByteBuffer more = last.flip();
      first = ByteBuffer.allocate(rest.remaining() + more.remaining()).put(rest).put(more).flip();
      last = ByteBuffer.allocate(0);
      return;
    }
    ByteBuffer larger = ByteBuffer.allocate(Math.max(BLOCK, needed)).put(first);
    spool.read(larger);
    first = larger.flip();
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
