package io.dioptra.worker.engine.type;

import io.dioptra.worker.engine.type.Type.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Makes types and gives equal ones the same identity. For one thread. */
public final class TypeTable {
  private record Identity(Kind kind, List<String> names, List<Integer> parts) {}

  private static final SequencedMap<String, Type> NO_MEMBERS =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

  private final Map<Identity, Integer> identities = new HashMap<>();

  public Type simple(String name, Optional<Type> parent) {
    return make(Kind.SIMPLE, Optional.of(name), parent, List.of(), NO_MEMBERS);
  }

  public Type list(Optional<String> name, Type element) {
    return make(Kind.LIST, name, Optional.empty(), List.of(element), NO_MEMBERS);
  }

  public Type tuple(Optional<String> name, List<Type> elements) {
    return make(Kind.TUPLE, name, Optional.empty(), elements, NO_MEMBERS);
  }

  public Type mapping(Optional<String> name, Type key, Type value) {
    return make(Kind.MAPPING, name, Optional.empty(), List.of(key, value), NO_MEMBERS);
  }

  public Type mapping(Optional<String> name, SequencedMap<String, Type> members) {
    return make(
        Kind.MEMBERS,
        name,
        Optional.empty(),
        List.copyOf(members.sequencedValues()),
        Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members)));
  }

  /** Equal members count once. */
  public Type union(Optional<String> name, List<Type> members) {
    SequencedMap<Integer, Type> distinct = new LinkedHashMap<>();
    members.forEach(member -> distinct.putIfAbsent(member.identity(), member));
    return make(
        Kind.UNION, name, Optional.empty(), List.copyOf(distinct.sequencedValues()), NO_MEMBERS);
  }

  private Type make(
      Kind kind,
      Optional<String> name,
      Optional<Type> parent,
      List<Type> parts,
      SequencedMap<String, Type> members) {
    Identity identity =
        name.isPresent()
            ? new Identity(Kind.SIMPLE, List.of(name.get()), List.of())
            : structure(kind, parts, members);
    int number = identities.computeIfAbsent(identity, _ -> identities.size());
    return new Type(kind, name, parent, parts, members, number);
  }

  /** The order of members, and of the parts of a union, does not count. */
  private static Identity structure(
      Kind kind, List<Type> parts, SequencedMap<String, Type> members) {
    List<String> names = members.keySet().stream().sorted().toList();
    List<Integer> numbers = new ArrayList<>();
    if (kind == Kind.MEMBERS) {
      members.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(member -> numbers.add(member.getValue().identity()));
    } else {
      parts.forEach(part -> numbers.add(part.identity()));
    }
    if (kind == Kind.UNION) {
      Collections.sort(numbers);
    }
    return new Identity(kind, names, numbers);
  }
}
