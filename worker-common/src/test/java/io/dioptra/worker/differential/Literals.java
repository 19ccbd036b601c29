package io.dioptra.worker.differential;

import java.math.BigInteger;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values as a user may write them, with all that JSON as Python reads it knows. */
final class Literals {
  private static final List<BigInteger> INTEGERS =
      List.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.valueOf(-7),
          BigInteger.valueOf(Long.MAX_VALUE),
          BigInteger.TWO.pow(63),
          BigInteger.TEN.pow(40).negate());

  private static final List<Double> NUMBERS =
      List.of(
          0.5,
          -0.0,
          4.0,
          1e16,
          1e22,
          1e-5,
          0.1,
          123456789.125,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private final Dice dice;
  private final Names names;

  Literals(Dice dice, Names names) {
    this.dice = dice;
    this.names = names;
  }

  JsonNode text() {
    return Trees.text(names.text());
  }

  JsonNode integer() {
    return dice.oneIn(3)
        ? Trees.NODES.numberNode(dice.anyOf(INTEGERS))
        : Trees.NODES.numberNode(BigInteger.valueOf(dice.below(100)));
  }

  JsonNode real() {
    return Trees.NODES.numberNode(dice.anyOf(NUMBERS));
  }

  JsonNode scalar() {
    return switch (dice.below(6)) {
      case 0 -> Trees.NODES.nullNode();
      case 1 -> Trees.NODES.booleanNode(dice.oneIn(2));
      case 2 -> integer();
      case 3 -> real();
      default -> text();
    };
  }

  /** Anything, nested less than this deep. */
  JsonNode any(int depth) {
    if (depth == 0 || dice.below(3) > 0) {
      return scalar();
    }
    int size = dice.below(4);
    if (dice.oneIn(2)) {
      ArrayNode items = Trees.NODES.arrayNode();
      for (int index = 0; index < size; index++) {
        items.add(any(depth - 1));
      }
      return items;
    }
    ObjectNode members = Trees.NODES.objectNode();
    for (int index = 0; index < size; index++) {
      String name = dice.oneIn(9) ? "$" + names.text() : names.text();
      members.set(name.equals("task") ? "job" : name, any(depth - 1));
    }
    return members;
  }
}
