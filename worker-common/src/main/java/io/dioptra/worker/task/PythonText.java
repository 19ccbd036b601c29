package io.dioptra.worker.task;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;

/**
 * Writes a value as Python 3 does, without recursion: the nesting of a value is the user's choice.
 */
public final class PythonText {
  private final StringBuilder text = new StringBuilder();
  private final Deque<Level> levels = new ArrayDeque<>();

  private PythonText() {}

  /**
   * Python's {@code str(value)}: a text as it is, anything else as {@link #repr}.
   *
   * @throws IllegalArgumentException for a reference, whose value lives elsewhere
   */
  public static String str(Value value) {
    return value instanceof Value.Text(String text) ? text : repr(value);
  }

  /**
   * Python's {@code repr(value)}.
   *
   * @throws IllegalArgumentException for a reference, whose value lives elsewhere
   */
  public static String repr(Value value) {
    return new PythonText().write(value);
  }

  /** Python's {@code repr} of a text. */
  public static String quote(String text) {
    return PythonString.repr(text);
  }

  private String write(Value value) {
    begin(value);
    while (!levels.isEmpty()) {
      Level level = levels.getLast();
      if (level.values.hasNext()) {
        begin(level.next(text));
      } else {
        text.append(level.end);
        levels.removeLast();
      }
    }
    return text.toString();
  }

  private void begin(Value value) {
    switch (value) {
      case Value.Null _ -> text.append("None");
      case Value.Bool(boolean flag) -> text.append(flag ? "True" : "False");
      case Value.Int(var number) -> text.append(number);
      case Value.Real(double number) -> text.append(PythonFloat.repr(number));
      case Value.Text(String content) -> text.append(PythonString.repr(content));
      case Value.Items(var values) -> {
        text.append('[');
        levels.addLast(new Level(Collections.emptyIterator(), values.iterator(), ']'));
      }
      case Value.Members(var values) -> {
        text.append('{');
        levels.addLast(new Level(values.keySet().iterator(), values.values().iterator(), '}'));
      }
      case Value.Reference(ValueHandle handle) ->
          throw new IllegalArgumentException("a reference has no text of its own: " + handle);
    }
  }

  /** An open list or dict: what is left of it. */
  private static final class Level {
    private final Iterator<String> keys;
    private final Iterator<Value> values;
    private final char end;
    private boolean first = true;

    Level(Iterator<String> keys, Iterator<Value> values, char end) {
      this.keys = keys;
      this.values = values;
      this.end = end;
    }

    Value next(StringBuilder text) {
      if (!first) {
        text.append(", ");
      }
      first = false;
      if (keys.hasNext()) {
        text.append(PythonString.repr(keys.next())).append(": ");
      }
      return values.next();
    }
  }
}
