package io.dioptra.worker.engine;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of tasks that the compiling of swaps made up, and what a message shows instead. */
final class GeneratedNames {
  private static final Pattern PLAIN = Pattern.compile("[\\w-]+", Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<String, String> shown;
  private final Pattern whole;

  GeneratedNames(Map<String, String> shown) {
    this.shown = Map.copyOf(shown);
    // One word is looked up in the map; only names that are no single word need a search each.
    String candidates =
        shown.keySet().stream()
            .filter(name -> !PLAIN.matcher(name).matches())
            .map(name -> Pattern.quote(name) + "|")
            .collect(Collectors.joining());
    this.whole =
        Pattern.compile(
            "(?<![\\w-])(?:" + candidates + "[\\w-]+)(?![\\w-])", Pattern.UNICODE_CHARACTER_CLASS);
  }

  static GeneratedNames none() {
    return new GeneratedNames(Map.of());
  }

  /** The message with every made-up name replaced that stands in it as a word of its own. */
  String inWordsOfTheUser(String message) {
    if (shown.isEmpty()) {
      return message;
    }
    return whole
        .matcher(message)
        .replaceAll(
            match -> Matcher.quoteReplacement(shown.getOrDefault(match.group(), match.group())));
  }
}
