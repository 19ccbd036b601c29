package io.dioptra.worker.source;

import java.util.ArrayDeque;
import java.util.Deque;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Refuses the white space that YAML 1.2 allows and PyYAML does not: tabs outside of quotes, blocks
 * and comments; and three characters that are line breaks for PyYAML only.
 */
final class Spaces {
  private static final String BREAKS = "\u0085\u2028\u2029";

  /** Where a text stands; that of a block begins below this line. */
  private record Range(int begin, int end, int header) {}

  private final Deque<Range> texts = new ArrayDeque<>();

  void note(Event event) {
    if (event instanceof ScalarEvent scalar && !scalar.isPlain()) {
      int begin = scalar.getStartMark().map(Mark::getIndex).orElse(0);
      boolean block = scalar.isLiteral() || scalar.isFolded();
      int header = block ? scalar.getStartMark().map(Mark::getLine).orElse(0) + 1 : 0;
      texts.add(new Range(begin, scalar.getEndMark().map(Mark::getIndex).orElse(begin), header));
    }
  }

  void check(String file, String text) throws SourceException {
    int[] points = text.codePoints().toArray();
    int line = 1;
    int lineStart = 0;
    boolean comment = false;
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      Position at = new Position(line, i - lineStart + 1);
      if (point == '\n') {
        line++;
        lineStart = i + 1;
        comment = false;
      } else if (BREAKS.indexOf(point) >= 0) {
        throw SourceException.at(
            file,
            at,
            "the character U+%04X is a line break for Dioptra; in quotes, \"\\u%04x\" stands for it"
                .formatted(point, point));
      } else if (!isText(i, line)) {
        comment = comment || (point == '#' && (i == lineStart || isBlank(points[i - 1])));
        if (point == '\t' && !comment) {
          throw SourceException.at(file, at, "no YAML: a tab stands here; Dioptra wants blanks");
        }
      }
    }
  }

  /** Asked in the order of the text. */
  private boolean isText(int index, int line) {
    while (!texts.isEmpty() && texts.element().end() <= index) {
      texts.remove();
    }
    return !texts.isEmpty() && texts.element().begin() <= index && texts.element().header() < line;
  }

  private static boolean isBlank(int point) {
    return point == ' ' || point == '\t';
  }
}
