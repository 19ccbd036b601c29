package io.dioptra.worker.differential;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Where issues with the schema are: the part of the document that both libraries name. */
final class SchemaPlaces {
  private static final Pattern PLACE =
      Pattern.compile(
          "schema\\.error: In (?:"
              + "(?<section>root level of experiment description|[a-z ]+ section):\\s"
              + "|(?<named>(?:definition of type|parameter|task plugin|step) \".*?\")"
              + "(?: at location | outputs:\\s| inputs:\\s| plugin ID:\\s| dependencies:\\s|:\\s)"
              + "|experiment description location (?<pointer>/[^/:]*(?:/[^/:]*)?))",
          Pattern.DOTALL);

  private SchemaPlaces() {}

  static Set<String> of(Collection<String> issues) {
    Set<String> places = new TreeSet<>();
    for (String issue : issues) {
      Matcher matcher = PLACE.matcher(issue);
      places.add(matcher.lookingAt() ? place(matcher) : issue);
    }
    return places;
  }

  /**
   * Steps that pass Dioptra's schema for swaps, and are refused later or end it with an exception:
   * without any task, or with a choice that has none.
   */
  static Set<String> toldLate(Case asked) {
    Set<String> steps = new TreeSet<>();
    for (var step : asked.configuration().path("graph").properties()) {
      boolean isEmpty = hasNoTask(step.getValue());
      boolean hasEmptyChoice =
          step.getValue().properties().stream()
              .filter(member -> member.getKey().startsWith("?"))
              .flatMap(member -> member.getValue().values().stream())
              .anyMatch(choice -> !choice.isEmpty() && hasNoTask(choice));
      if (isEmpty || hasEmptyChoice) {
        steps.add("step \"%s\"".formatted(step.getKey()));
      }
    }
    return steps;
  }

  private static boolean hasNoTask(JsonNode invocation) {
    return invocation.isObject()
        && (invocation.isEmpty() || (invocation.size() == 1 && invocation.has("dependencies")));
  }

  private static String place(Matcher matcher) {
    for (String group : new String[] {"section", "named", "pointer"}) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    throw new IllegalStateException(matcher.group());
  }
}
