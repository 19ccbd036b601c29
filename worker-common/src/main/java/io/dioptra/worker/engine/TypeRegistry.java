package io.dioptra.worker.engine;

import io.dioptra.worker.engine.type.Type;
import io.dioptra.worker.engine.type.TypeTable;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** All types that a configuration may name, built. */
final class TypeRegistry {
  /** Deeper ones could end the thread when they are compared. */
  private static final int DEEPEST = 500;

  private final TypeTable table = new TypeTable();
  private final Map<String, Type> types = new HashMap<>();

  private TypeRegistry() {
    for (String name : TypeNames.BUILTIN) {
      types.put(name, table.simple(name, Optional.empty()));
    }
    types.put("integer", table.simple("integer", Optional.ofNullable(types.get("number"))));
  }

  /** Builds the types in an order in which none comes before what it mentions. */
  static TypeRegistry of(SequencedMap<String, Value> definitions, List<String> order)
      throws GraphException {
    TypeRegistry registry = new TypeRegistry();
    for (String name : order) {
      Value definition = definitions.get(name);
      if (definition == null) {
        continue;
      }
      if (TypeNames.BUILTIN.contains(name)) {
        throw new GraphException(
            "Redefinition of builtin types not allowed: " + name, Place.of("types", name));
      }
      registry.define(name, definition);
    }
    return registry;
  }

  TypeTable table() {
    return table;
  }

  /** The type of this name, which stands at the place. */
  Type get(String name, Place place) throws GraphException {
    Type type = types.get(name);
    if (type == null) {
      throw new GraphException("Type not found: " + name, place);
    }
    return type;
  }

  /** A built-in type. */
  Type builtin(String name) {
    return Optional.ofNullable(types.get(name)).orElseThrow();
  }

  /** The type that a name or a nested definition stands for. */
  Type nested(Value definition, Place place) throws GraphException {
    return definition instanceof Value.Text(String name)
        ? get(name, place)
        : build(Optional.empty(), definition, place);
  }

  private void define(String name, Value definition) throws GraphException {
    Place place = Place.of("types", name);
    try {
      Type type = build(Optional.of(name), definition, place);
      if (type.depth() > DEEPEST) {
        throw new GraphException("nested deeper than " + DEEPEST + " types", place);
      }
      types.put(name, type);
    } catch (GraphException e) {
      throw new GraphException(inDefinitionOf(name) + e.reason(), e.place());
    }
  }

  /** How an error begins. A name that is empty is not told; it is an issue of its own. */
  static String inDefinitionOf(String name) {
    return name.isEmpty() ? "" : "In definition of type \"%s\": ".formatted(name);
  }

  private Type build(Optional<String> name, Value definition, Place around) throws GraphException {
    Map.Entry<String, Value> only = Fields.membersOf(definition).firstEntry();
    if (only == null) {
      return simple(name, "", around);
    }
    Value parts = only.getValue();
    Place place = around.member(only.getKey());
    return switch (only.getKey()) {
      case "list" -> table.list(name, nested(parts, place));
      case "tuple" -> table.tuple(name, allOf(parts, place));
      case "mapping" -> mapping(name, parts, place);
      case "union" -> union(name, allOf(parts, place), place);
      default -> simple(name, parts instanceof Value.Text(String parent) ? parent : "", place);
    };
  }

  private List<Type> allOf(Value definitions, Place place) throws GraphException {
    List<Type> built = new ArrayList<>();
    for (Value definition : Fields.itemsOf(definitions)) {
      built.add(nested(definition, Fields.placeOfItem(definitions, place, built.size())));
    }
    return built;
  }

  private Type simple(Optional<String> name, String parent, Place place) throws GraphException {
    if (name.isEmpty()) {
      throw new GraphException(
          "Unable to create an anonymous type from a null type definition: simple types can't be"
              + " anonymous.",
          place);
    }
    if (parent.isEmpty()) {
      return table.simple(name.get(), Optional.empty());
    }
    Type ancestor = get(parent, place);
    if (!ancestor.isSimple()) {
      throw new GraphException("Super-types must be simple: " + parent, place);
    }
    return table.simple(name.get(), Optional.of(ancestor));
  }

  /** A union without members is a simple type. */
  private Type union(Optional<String> name, List<Type> members, Place place) throws GraphException {
    return members.isEmpty() ? simple(name, "", place) : table.union(name, members);
  }

  private Type mapping(Optional<String> name, Value parts, Place place) throws GraphException {
    if (parts instanceof Value.Members(var definitions)) {
      SequencedMap<String, Type> members = new LinkedHashMap<>();
      for (Map.Entry<String, Value> member : definitions.entrySet()) {
        members.put(member.getKey(), nested(member.getValue(), place.member(member.getKey())));
      }
      return table.mapping(name, members);
    }
    List<Type> keyAndValue = allOf(parts, place);
    Type key = keyAndValue.getFirst();
    if (!key.equals(builtin("string")) && !key.equals(builtin("integer"))) {
      throw new GraphException(
          "Invalid key type; require string or integer: " + key, place.item(0));
    }
    return table.mapping(name, key, keyAndValue.getLast());
  }
}
