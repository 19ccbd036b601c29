package io.dioptra.worker.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text. A carriage return ends a line too, as progress bars use it; bytes
 * that are no UTF-8 become replacement characters; a line over {@link #LIMIT} bytes is cut with a
 * note. Used by one thread.
 */
final class LineSplitter {
  static final int LIMIT = 64 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long left;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void accept(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      byte next = bytes[i];
      if (next == '\n' || next == '\r') {
        end();
      } else if (line.size() < LIMIT) {
        line.write(next);
      } else {
        left++;
      }
    }
  }

  /** Hands over what is there as a line; nothing where nothing is there. */
  void end() {
    if (line.size() == 0) {
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    lines.accept(left == 0 ? text : text + " … (" + left + " more bytes left out)");
    line.reset();
    left = 0;
  }
}
