package io.dioptra.worker.differential;

import java.util.List;
import java.util.Set;

/** Names of everything that has one: mostly plain, sometimes as awkward as JSON allows. */
final class Names {
  private static final List<String> PLAIN =
      List.of("a", "b", "c", "d", "data", "model", "s_one", "train", "x1", "y", "z", "result");

  private static final List<String> ODD =
      List.of(
          "a b",
          " lead",
          "Ünïcode",
          "日本",
          "it's",
          "say \"x\"",
          "both ' and \"",
          "x\ny",
          "bell\u0007",
          "\u007f",
          "lone\ud800",
          "low\udc00",
          "😀",
          "e\u0301",
          "no\u00a0break",
          "zero\u200bwidth",
          "line\u2028end",
          "a-b",
          "0",
          "1e5",
          "null",
          "%s",
          "{}",
          "{0}",
          "back\\slash",
          "s_one_t",
          "a/b~c",
          "task",
          "args",
          "kwargs",
          "dependencies",
          "name",
          "type",
          "default",
          "?mark",
          "$dollar",
          "$$two",
          "comma, x",
          "colon: x",
          "any",
          "A".repeat(70));

  private static final List<String> DOTTED = List.of("a.b", ".", "x.", ".y", "p.q.r");

  private final Dice dice;

  Names(Dice dice) {
    this.dice = dice;
  }

  /** One that is not taken yet; it is then. */
  String fresh(Set<String> taken) {
    return fresh(taken, false);
  }

  /** The same where dots are allowed. */
  String freshOrDotted(Set<String> taken) {
    return fresh(taken, true);
  }

  private String fresh(Set<String> taken, boolean dots) {
    String name = dice.oneIn(12) ? odd(dots) : dice.anyOf(PLAIN);
    while (!taken.add(name)) {
      name += dice.below(10);
    }
    return name;
  }

  private String odd(boolean dots) {
    return dots && dice.oneIn(5) ? dice.anyOf(DOTTED) : dice.anyOf(ODD);
  }

  /** Any text, also one that looks like a reference. */
  String text() {
    return switch (dice.below(8)) {
      case 0 -> dice.anyOf(ODD);
      case 1 -> "";
      case 2 -> "$";
      case 3 -> "$$" + dice.anyOf(PLAIN);
      case 4 -> "lit $" + dice.anyOf(PLAIN);
      case 5 -> "$$";
      case 6 -> "s_one " + dice.anyOf(PLAIN) + "_one";
      default -> dice.anyOf(PLAIN);
    };
  }

  /** Whether {@code $name} stands for what has this name. */
  static boolean canBeReferred(String name) {
    return !name.isEmpty() && !name.contains(".") && !name.startsWith("$");
  }
}
