package io.dioptra.worker.engine;

import io.dioptra.worker.engine.type.Type;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The type of a value as it is written. Recursion is bounded by {@link Nesting}. */
final class TypeInference {
  /** The type of what a reference stands for. */
  @FunctionalInterface
  interface ReferenceTypes {
    Type of(Reference reference, Place place) throws GraphException;
  }

  private final TypeRegistry types;
  private final Optional<ReferenceTypes> references;

  /** Takes empty where texts that look like references are just texts. */
  TypeInference(TypeRegistry types, Optional<ReferenceTypes> references) {
    this.types = types;
    this.references = references;
  }

  /** The type of a value that stands at the place. */
  Type of(Value value, Place place) throws GraphException {
    return switch (value) {
      case Value.Null _ -> types.builtin("null");
      case Value.Bool _ -> types.builtin("boolean");
      case Value.Int _ -> types.builtin("integer");
      case Value.Real _ -> types.builtin("number");
      case Value.Text(String text) -> ofText(text, place);
      case Value.Items(var items) -> ofItems(items, place);
      case Value.Members(var members) -> ofMembers(members, place);
      case Value.Reference _ -> types.builtin("any");
    };
  }

  private Type ofText(String text, Place place) throws GraphException {
    Optional<Reference> reference = Reference.parse(text);
    return references.isPresent() && reference.isPresent()
        ? references.get().of(reference.get(), place)
        : types.builtin("string");
  }

  private Type ofItems(List<Value> items, Place place) throws GraphException {
    List<Type> elements = new ArrayList<>(items.size());
    for (Value item : items) {
      elements.add(of(item, place.item(elements.size())));
    }
    return types.table().tuple(Optional.empty(), elements);
  }

  private Type ofMembers(SequencedMap<String, Value> members, Place place) throws GraphException {
    SequencedMap<String, Type> inferred = new LinkedHashMap<>();
    for (Map.Entry<String, Value> member : members.entrySet()) {
      inferred.put(member.getKey(), of(member.getValue(), place.member(member.getKey())));
    }
    return types.table().mapping(Optional.empty(), inferred);
  }
}
