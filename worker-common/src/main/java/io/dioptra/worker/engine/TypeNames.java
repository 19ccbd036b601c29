package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The names of types: which exist, and which a definition mentions. */
final class TypeNames {
  static final Set<String> BUILTIN =
      Set.of("any", "string", "integer", "number", "boolean", "null");

  private TypeNames() {}

  static boolean exists(String type, Configuration configuration) {
    return BUILTIN.contains(type) || configuration.types().containsKey(type);
  }

  /** Orders the defined types and what they mention. */
  static Ordering.Result order(Configuration configuration) {
    Ordering ordering = new Ordering();
    configuration
        .types()
        .forEach(
            (name, definition) -> {
              ordering.mention(name);
              mentionedIn(definition).forEach(mentioned -> ordering.needs(name, mentioned));
            });
    return ordering.result();
  }

  /** In the order of the document. Recursion is bounded by {@link Nesting}. */
  static List<String> mentionedIn(Value definition) {
    List<String> mentioned = new ArrayList<>();
    collect(definition, mentioned);
    return mentioned;
  }

  private static void collect(Value definition, List<String> mentioned) {
    if (definition instanceof Value.Text(String type)) {
      mentioned.add(type);
      return;
    }
    Fields.membersOf(definition)
        .forEach(
            (kind, parts) -> {
              if (!isEmptyName(kind, parts)) {
                partsOf(parts, kind).forEach(part -> collect(part, mentioned));
              }
            });
  }

  /** An empty super-type is none; an empty type of elements is only missed when it is built. */
  private static boolean isEmptyName(String kind, Value parts) {
    return (kind.equals("is_a") || kind.equals("list"))
        && parts instanceof Value.Text(String name)
        && name.isEmpty();
  }

  /** A mapping is written as a list of two types, or as the types of its members. */
  private static Iterable<Value> partsOf(Value parts, String kind) {
    return kind.equals("mapping") && parts instanceof Value.Members(var members)
        ? members.values()
        : Fields.itemsOf(parts);
  }
}
