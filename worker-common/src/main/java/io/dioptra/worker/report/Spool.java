package io.dioptra.worker.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A queue of bytes in a file of bounded size, which begins anew at the front when it comes to its
 * end. The file is made when it is needed and has no name from then on: it is gone with the worker.
 * Used by one thread at a time.
 */
final class Spool implements Closeable {
  private final Path folder;
  private final long capacity;
  private @Nullable FileChannel file;
  private long read;
  private long written;

  /**
   * Empty, without a file.
   *
   * @param folder where the file is made
   * @param capacity in bytes
   */
  Spool(Path folder, long capacity) {
    this.folder = folder;
    this.capacity = capacity;
  }

  long size() {
    return written - read;
  }

  /** Whether this much more fits. */
  boolean hasRoom(long bytes) {
    return size() + bytes <= capacity;
  }

  /** Appends all or, where the disk is full or in trouble, nothing. */
  void write(ByteBuffer bytes) throws IOException {
    if (!hasRoom(bytes.remaining())) {
      throw new IllegalArgumentException("no room for " + bytes.remaining() + " bytes");
    }
    FileChannel to = open();
    long at = written;
    while (bytes.hasRemaining()) {
      ByteBuffer part = bytes.slice();
      part.limit((int) Math.min(part.remaining(), capacity - at % capacity));
      int count = to.write(part, at % capacity);
      bytes.position(bytes.position() + count);
      at += count;
    }
    written = at;
  }

  /** Takes the first bytes out: as many as fit, or all there are. */
  void read(ByteBuffer into) throws IOException {
    FileChannel from = open();
    while (into.hasRemaining() && size() > 0) {
      ByteBuffer part = into.slice();
      long most = Math.min(size(), capacity - read % capacity);
      part.limit((int) Math.min(part.remaining(), most));
      int count = from.read(part, read % capacity);
      if (count < 0) {
        throw new IOException("the file of waiting log lines is shorter than it was");
      }
      into.position(into.position() + count);
      read += count;
    }
    if (size() == 0) {
      clear();
    }
  }

  /** Forgets all, and gives the disk its space back. */
  void clear() throws IOException {
    read = 0;
    written = 0;
    if (file != null) {
      file.truncate(0);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel present = file;
    if (present == null) {
      Path path = Files.createTempFile(folder, "log-", ".spool");
      // The system deletes it as soon as it is open, so no crash leaves it behind.
      present =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = present;
    }
    return present;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
