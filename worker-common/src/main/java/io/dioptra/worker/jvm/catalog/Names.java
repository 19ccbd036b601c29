package io.dioptra.worker.jvm.catalog;

import java.util.Set;
import java.util.regex.Pattern;

/** What a library, a task, an input or an output may be called: it becomes a name in Python. */
final class Names {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Python's own words, and what the module that stands for a library has imported. */
  private static final Set<String> TAKEN =
      Set.of(
          ("_ False None True and as assert async await break class continue def del elif else"
                  + " except finally for from global if import in is lambda nonlocal not or pass"
                  + " raise return try while with yield jvm pyplugs Any ImportError")
              .split(" "));

  private Names() {}

  /**
   * Returns the name.
   *
   * @param whose for the message, for example "the task"
   * @throws IllegalArgumentException if Python would not take it
   */
  static String checked(String whose, String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          whose + " is called \"" + name + "\"; a name has letters, digits and _ only");
    }
    if (TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          whose + " is called \"" + name + "\", which has a meaning in Python already");
    }
    return name;
  }
}
