package io.dioptra.worker.engine.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a value of one type may go where another is declared. Remembers its answers, so that many
 * references to one large type cost one look at it. For one thread.
 */
public final class TypeFit {
  private record Pair(int from, int into) {}

  private final Type any;
  private final Type string;
  private final Map<Pair, Boolean> known = new HashMap<>();

  /** Takes the two types that rules mention by name. */
  public TypeFit(Type any, Type string) {
    this.any = any;
    this.string = string;
  }

  public boolean fits(Type from, Type into) {
    if (into.equals(any) || from.equals(into)) {
      return true;
    }
    Pair pair = new Pair(from.identity(), into.identity());
    Boolean answer = known.get(pair);
    if (answer == null) {
      answer = look(from, into);
      known.put(pair, answer);
    }
    return answer;
  }

  private boolean look(Type from, Type into) {
    if (from.isUnion()) {
      return allFit(from.parts(), into);
    }
    if (into.isUnion()) {
      return fitsOne(from, into.parts());
    }
    if (from.isSimple() && into.isSimple()) {
      return descends(from, into);
    }
    boolean structured = !from.isSimple() && !into.isSimple();
    boolean bothNamed = from.name().isPresent() && into.name().isPresent();
    return structured && !bothNamed && structureFits(from, into);
  }

  private static boolean descends(Type type, Type ancestor) {
    Optional<Type> next = type.parent();
    while (next.isPresent()) {
      if (next.get().equals(ancestor)) {
        return true;
      }
      next = next.get().parent();
    }
    return false;
  }

  private boolean structureFits(Type from, Type into) {
    return switch (into.kind()) {
      case LIST ->
          (from.kind() == Type.Kind.LIST || from.kind() == Type.Kind.TUPLE)
              && allFit(from.parts(), into.parts().getFirst());
      case TUPLE -> from.kind() == Type.Kind.TUPLE && eachFits(from.parts(), into.parts());
      case MAPPING -> fitsMapping(from, into);
      case MEMBERS -> from.kind() == Type.Kind.MEMBERS && membersFit(from, into);
      case SIMPLE, UNION -> false;
    };
  }

  private boolean fitsMapping(Type from, Type into) {
    if (from.kind() == Type.Kind.MEMBERS) {
      return into.parts().getFirst().equals(string) && allFit(from.parts(), into.parts().getLast());
    }
    return from.kind() == Type.Kind.MAPPING && eachFits(from.parts(), into.parts());
  }

  private boolean membersFit(Type from, Type into) {
    if (from.members().size() != into.members().size()) {
      return false;
    }
    for (Map.Entry<String, Type> member : from.members().entrySet()) {
      Type declared = into.members().get(member.getKey());
      if (declared == null || !fits(member.getValue(), declared)) {
        return false;
      }
    }
    return true;
  }

  private boolean eachFits(List<Type> from, List<Type> into) {
    if (from.size() != into.size()) {
      return false;
    }
    for (int index = 0; index < from.size(); index++) {
      if (!fits(from.get(index), into.get(index))) {
        return false;
      }
    }
    return true;
  }

  private boolean allFit(List<Type> from, Type into) {
    for (Type part : from) {
      if (!fits(part, into)) {
        return false;
      }
    }
    return true;
  }

  private boolean fitsOne(Type from, List<Type> into) {
    for (Type part : into) {
      if (fits(from, part)) {
        return true;
      }
    }
    return false;
  }
}
