package io.dioptra.worker.report;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A line as bytes: their number (4 bytes), the time (8 for seconds, 4 for nanoseconds), the
 * severity (1), and the four texts, each as a number of bytes (4) and UTF-8.
 */
final class LineBytes {
  private static final Severity[] SEVERITIES = Severity.values();

  private LineBytes() {}

  static ByteBuffer of(LogLine line) {
    byte[][] texts = {
      bytes(line.logger()), bytes(line.event()), bytes(line.fields()), bytes(line.details())
    };
    int size = Integer.BYTES + Long.BYTES + Integer.BYTES + 1;
    for (byte[] text : texts) {
      size += Integer.BYTES + text.length;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    Instant time = line.time();
    all.putInt(size).putLong(time.getEpochSecond()).putInt(time.getNano());
    all.put((byte) line.severity().compareTo(SEVERITIES[0]));
    for (byte[] text : texts) {
      all.putInt(text.length).put(text);
    }
    return all.flip();
  }

  /** The size of the line that begins here, or of the number that tells it. */
  static int size(ByteBuffer bytes) {
    return bytes.remaining() < Integer.BYTES ? Integer.BYTES : bytes.getInt(bytes.position());
  }

  /** Takes the line that begins here; it has to be whole. */
  static LogLine read(ByteBuffer bytes) {
    bytes.getInt();
    Instant time = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
    Severity severity = SEVERITIES[bytes.get()];
    String logger = text(bytes);
    String event = text(bytes);
    String fields = text(bytes);
    return new LogLine(time, severity, logger, event, fields, text(bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
