package io.dioptra.worker.task;

import java.util.Locale;

/** Python's quoted text of a string. */
final class PythonString {
  private PythonString() {}

  static String repr(String value) {
    char quote = value.indexOf('\'') >= 0 && value.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder text = new StringBuilder(value.length() + 2).append(quote);
    value.codePoints().forEach(point -> append(text, point, quote));
    return text.append(quote).toString();
  }

  private static void append(StringBuilder text, int point, char quote) {
    switch (point) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\\' -> text.append("\\\\");
      default -> {
        if (point == quote) {
          text.append('\\').append(quote);
        } else if (isPrintable(point)) {
          text.appendCodePoint(point);
        } else {
          text.append(escaped(point));
        }
      }
    }
  }

  private static String escaped(int point) {
    if (point < 0x100) {
      return String.format(Locale.ROOT, "\\x%02x", point);
    }
    return String.format(Locale.ROOT, point < 0x10000 ? "\\u%04x" : "\\U%08x", point);
  }

  /** As {@code str.isprintable}: no "other" and no "separator" category but the plain space. */
  private static boolean isPrintable(int point) {
    return point == ' '
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
