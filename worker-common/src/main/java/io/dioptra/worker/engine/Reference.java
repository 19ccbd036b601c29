package io.dioptra.worker.engine;

import java.util.Optional;

/**
 * A text of the graph that stands for a value: {@code $name} or {@code $name.output}.
 *
 * @param text all of it without the dollar sign
 * @param name what stands before the first dot
 * @param output what stands behind it; may be the empty text
 */
record Reference(String text, String name, Optional<String> output) {
  /** A lone dollar sign is a text; two at the start are an escaped one. */
  static Optional<Reference> parse(String text) {
    if (text.length() < 2 || text.charAt(0) != '$' || text.charAt(1) == '$') {
      return Optional.empty();
    }
    String reference = text.substring(1);
    int dot = reference.indexOf('.');
    return Optional.of(
        dot < 0
            ? new Reference(reference, reference, Optional.empty())
            : new Reference(
                reference, reference.substring(0, dot), Optional.of(reference.substring(dot + 1))));
  }

  /** What a text means that is no reference. */
  static String unescape(String text) {
    return text.startsWith("$$") ? text.substring(1) : text;
  }
}
