package io.dioptra.worker.engine.type;

import io.dioptra.worker.task.PythonText;
import java.util.List;
import java.util.Map;

/**
 * Prints a type. A type that names others prints them whole, so that a few dozen definitions can
 * make a text of any length: it is cut.
 */
final class TypeText {
  private static final int LONGEST = 2000;

  private final StringBuilder text = new StringBuilder();

  private TypeText() {}

  static String of(Type type) {
    TypeText printed = new TypeText();
    printed.add(type);
    return printed.isFull() ? printed.text.substring(0, LONGEST) + "…" : printed.text.toString();
  }

  private boolean isFull() {
    return text.length() > LONGEST;
  }

  private void add(Type type) {
    if (type.isSimple()) {
      text.append(type.name().orElseThrow());
      return;
    }
    text.append(type.name().orElse("<anon>")).append(": ").append(word(type.kind())).append('[');
    if (type.kind() == Type.Kind.MEMBERS) {
      addMembers(type);
    } else {
      addParts(type.parts());
    }
    text.append(']');
  }

  private void addParts(List<Type> parts) {
    String separator = "";
    for (Type part : parts) {
      if (isFull()) {
        return;
      }
      text.append(separator);
      add(part);
      separator = ", ";
    }
  }

  private void addMembers(Type type) {
    text.append('{');
    String separator = "";
    for (Map.Entry<String, Type> member : type.members().entrySet()) {
      if (isFull()) {
        return;
      }
      text.append(separator).append(PythonText.quote(member.getKey())).append(": ");
      add(member.getValue());
      separator = ", ";
    }
    text.append('}');
  }

  private static String word(Type.Kind kind) {
    return switch (kind) {
      case LIST -> "LIST";
      case TUPLE -> "TUPLE";
      case MAPPING, MEMBERS -> "MAPPING";
      case UNION -> "UNION";
      case SIMPLE -> throw new IllegalArgumentException("a simple type has no structure");
    };
  }
}
