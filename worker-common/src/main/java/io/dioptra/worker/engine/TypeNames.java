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
              mentionedIn(name, definition)
                  .forEach(mentioned -> ordering.needs(name, mentioned.type()));
            });
    return ordering.result();
  }

  /**
   * The types that the definition of a type mentions, in the order of the document, each with its
   * place. Recursion is bounded by {@link Nesting}.
   */
  static List<NamedType> mentionedIn(String name, Value definition) {
    List<NamedType> mentioned = new ArrayList<>();
    collect(name, definition, Place.of("types", name), mentioned);
    return mentioned;
  }

  private static void collect(
      String name, Value definition, Place place, List<NamedType> mentioned) {
    if (definition instanceof Value.Text(String type)) {
      mentioned.add(new NamedType(name, type, place));
      return;
    }
    Fields.membersOf(definition)
        .forEach(
            (kind, parts) -> {
              if (!isEmptyName(kind, parts)) {
                collectParts(name, kind, parts, place.member(kind), mentioned);
              }
            });
  }

  /** A mapping is written as a list of two types, or as the types of its members. */
  private static void collectParts(
      String name, String kind, Value parts, Place place, List<NamedType> mentioned) {
    if (kind.equals("mapping") && parts instanceof Value.Members(var members)) {
      members.forEach((member, part) -> collect(name, part, place.member(member), mentioned));
      return;
    }
    int index = 0;
    for (Value part : Fields.itemsOf(parts)) {
      collect(name, part, Fields.placeOfItem(parts, place, index), mentioned);
      index++;
    }
  }

  /** An empty super-type is none; an empty type of elements is only missed when it is built. */
  private static boolean isEmptyName(String kind, Value parts) {
    return (kind.equals("is_a") || kind.equals("list"))
        && parts instanceof Value.Text(String name)
        && name.isEmpty();
  }
}
