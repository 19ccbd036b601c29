package io.dioptra.worker.jvm.plugin;

/** Breaks texts into lines. */
final class Words {
  private Words() {}

  /** The words of a text in lines of this width, each with the indentation and a line feed. */
  static String wrapped(String text, String indent, int width) {
    return indent + behind(indent.length(), text, indent, width) + "\n";
  }

  /**
   * The words of a text in lines, the first of which begins at a column; the last has no line feed.
   */
  static String behind(int column, String text, String indent, int width) {
    StringBuilder lines = new StringBuilder();
    int at = column;
    String space = "";
    for (String word : text.strip().split("\\s+")) {
      if (!space.isEmpty() && at + 1 + word.length() > width) {
        lines.append('\n').append(indent);
        at = indent.length();
        space = "";
      }
      lines.append(space).append(word);
      at += space.length() + word.length();
      space = " ";
    }
    return lines.toString();
  }
}
