package io.dioptra.worker.image.sizes;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the table in images.lock.md. The size of a layer that nobody could build yet is
 * marked as a guess; the line of a whole image also has its goal and the size of the official
 * image.
 */
record Line(
    String image, String layer, long bytes, boolean guess, String goal, String officialImage) {
  static final String TOTAL = "**together**";

  private static final String GUESS = "≈ ";
  private static final Pattern NUMBER = Pattern.compile("(≈ )?[0-9,]*[0-9]");

  static Line of(String image, LayerSize size) {
    return new Line(image, size.layer(), size.bytes(), false, "", "");
  }

  /** Everything else in the file, the table's head included, is text that stays as it is. */
  static Optional<Line> parse(String text) {
    List<String> cells = List.of(text.strip().split("\\s*\\|\\s*", -1));
    if (cells.size() != 7 || !NUMBER.matcher(cells.get(3)).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Line(
            cells.get(1),
            cells.get(2),
            number(cells.get(3)),
            cells.get(3).startsWith(GUESS),
            cells.get(4),
            cells.get(5)));
  }

  boolean isTotal() {
    return layer.equals(TOTAL);
  }

  /** The bytes that the image is to have at most. */
  Optional<Long> goalBytes() {
    return NUMBER.matcher(goal).matches() ? Optional.of(number(goal)) : Optional.empty();
  }

  Line withBytes(long measured, boolean guessed) {
    return new Line(image, layer, measured, guessed, goal, officialImage);
  }

  /** As a line of the table. */
  String text() {
    String number = (guess ? GUESS : "") + grouped(bytes);
    return String.join(" | ", "", image, layer, number, goal, officialImage, "")
        .strip()
        .replace("|  |", "| |")
        .replace("|  |", "| |");
  }

  static String grouped(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static long number(String cell) {
    return Long.parseLong(cell.replaceAll("[^0-9]", ""));
  }
}
