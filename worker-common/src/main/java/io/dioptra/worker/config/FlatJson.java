package io.dioptra.worker.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON object whose values are texts, small enough to read without a library. */
final class FlatJson {
  private static final Pattern MEMBER =
      Pattern.compile("\\s*\"([^\"\\\\]*)\"\\s*:\\s*\"([^\"\\\\]*)\"\\s*(,|$)");

  private FlatJson() {}

  /** Empty where the text is none. */
  static Optional<Map<String, String>> read(String json) {
    String text = json.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Optional.empty();
    }
    Map<String, String> members = new LinkedHashMap<>();
    Matcher member = MEMBER.matcher(text.substring(1, text.length() - 1).strip());
    int at = 0;
    while (at < member.regionEnd()) {
      if (!member.find(at) || member.start() != at) {
        return Optional.empty();
      }
      members.put(member.group(1), member.group(2));
      at = member.end();
    }
    return Optional.of(members);
  }
}
