package io.dioptra.worker.engine.type;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A type of one {@link TypeTable}. Types with a name are equal if their names are, others by
 * structure; either way, equal types have the same identity.
 */
public final class Type {
  /** How a type is built. */
  enum Kind {
    SIMPLE,
    LIST,
    TUPLE,
    /** A mapping from keys of one type to values of one type: its two parts. */
    MAPPING,
    /** A mapping with known members. */
    MEMBERS,
    UNION
  }

  private final Kind kind;
  private final Optional<String> name;
  private final Optional<Type> parent;
  private final List<Type> parts;
  private final SequencedMap<String, Type> members;
  private final int identity;
  private final int depth;

  Type(
      Kind kind,
      Optional<String> name,
      Optional<Type> parent,
      List<Type> parts,
      SequencedMap<String, Type> members,
      int identity) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.parts = List.copyOf(parts);
    this.members = members;
    this.identity = identity;
    this.depth = 1 + parts.stream().mapToInt(Type::depth).max().orElse(0);
  }

  public boolean isSimple() {
    return kind == Kind.SIMPLE;
  }

  public boolean isUnion() {
    return kind == Kind.UNION;
  }

  /** How many types are nested in each other here; a simple type is one. */
  public int depth() {
    return depth;
  }

  /** For two types of the same table. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Type type && identity == type.identity;
  }

  @Override
  public int hashCode() {
    return identity;
  }

  /** As Dioptra prints a type, for example {@code <anon>: LIST[integer]}; cut if very long. */
  @Override
  public String toString() {
    return TypeText.of(this);
  }

  Kind kind() {
    return kind;
  }

  Optional<String> name() {
    return name;
  }

  Optional<Type> parent() {
    return parent;
  }

  List<Type> parts() {
    return parts;
  }

  /** The members of {@link Kind#MEMBERS}, whose values are the parts. */
  SequencedMap<String, Type> members() {
    return members;
  }

  int identity() {
    return identity;
  }
}
