package io.dioptra.worker.report;

import io.dioptra.worker.api.LogEntry;
import io.dioptra.worker.task.LogLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The look of a line in Dioptra's log view: that of the Python worker's console, escaped because
 * the REST API removes what looks like a tag.
 */
final class LogRendering {
  /** A longer line is continued in further entries. */
  static final int LONGEST_ENTRY = 60_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private LogRendering() {}

  /** One entry, or several for a very long line. */
  static List<LogEntry> entries(LogLine line) {
    String text = text(line);
    List<LogEntry> entries = new ArrayList<>();
    int from = 0;
    do {
      int to = end(text, from);
      entries.add(
          new LogEntry(line.severity(), escaped(line.logger()), escaped(text.substring(from, to))));
      from = to;
    } while (from < text.length());
    return entries;
  }

  /** The line as a person reads it. */
  static String text(LogLine line) {
    StringBuilder text = new StringBuilder(time(line.time()));
    text.append(" [").append(padded(line.severity().word(), 9)).append("] ");
    text.append(padded(line.event(), 30)).append(" [").append(line.logger()).append(']');
    if (!line.fields().isEmpty()) {
      text.append(' ').append(line.fields());
    }
    if (!line.details().isEmpty()) {
      text.append('\n').append(line.details());
    }
    return text.toString();
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }

  private static int end(String text, int from) {
    int to = Math.min(text.length(), from + LONGEST_ENTRY);
    boolean splitsPair =
        to < text.length()
            && Character.isHighSurrogate(text.charAt(to - 1))
            && Character.isLowSurrogate(text.charAt(to));
    return splitsPair ? to - 1 : to;
  }

  /** Halves of a character, which Python can hold, are not text that can be sent. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.appendCodePoint(isHalf(c) ? 0xFFFD : c);
              }
            });
    return out.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint);
  }
}
