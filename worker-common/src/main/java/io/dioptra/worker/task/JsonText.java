package io.dioptra.worker.task;

import java.util.Iterator;
import java.util.Map;

/**
 * Values as JSON text in the way of Python's {@code json.dumps(value, indent=2)}: {@code NaN} and
 * infinities by name, everything outside ASCII escaped.
 */
public final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /** The text of a value without references. */
  public static String of(Value value) {
    JsonText json = new JsonText();
    json.write(value, 0);
    return json.text.toString();
  }

  private void write(Value value, int depth) {
    switch (value) {
      case Value.Null _ -> text.append("null");
      case Value.Bool(boolean flag) -> text.append(flag);
      case Value.Int(var number) -> text.append(number);
      case Value.Real(double number) -> text.append(real(number));
      case Value.Text(String string) -> quote(string);
      case Value.Items(var items) -> {
        Iterator<Value> rest = items.iterator();
        block('[', ']', rest, depth, () -> write(rest.next(), depth + 1));
      }
      case Value.Members(var members) -> {
        Iterator<Map.Entry<String, Value>> rest = members.entrySet().iterator();
        block('{', '}', rest, depth, () -> member(rest.next(), depth + 1));
      }
      case Value.Reference(var handle) ->
          throw new IllegalArgumentException("a reference has no text: " + handle);
    }
  }

  private void member(Map.Entry<String, Value> member, int depth) {
    quote(member.getKey());
    text.append(": ");
    write(member.getValue(), depth);
  }

  private void block(char open, char close, Iterator<?> rest, int depth, Runnable next) {
    text.append(open);
    if (rest.hasNext()) {
      while (rest.hasNext()) {
        text.append('\n').repeat("  ", depth + 1);
        next.run();
        if (rest.hasNext()) {
          text.append(',');
        }
      }
      text.append('\n').repeat("  ", depth);
    }
    text.append(close);
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return PythonText.str(new Value.Real(number));
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < ' ' || c > '~') {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
