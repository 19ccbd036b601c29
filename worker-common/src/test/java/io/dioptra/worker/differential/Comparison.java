package io.dioptra.worker.differential;

import io.dioptra.worker.testing.DioptraApiVersion;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares two answers.
 *
 * @param difference what differs and is not known
 * @param known the deliberate differences that were met
 */
record Comparison(Optional<String> difference, Set<KnownDifference> known) {
  private static final String CUT = "…";
  private static final int LONGEST_TYPE = 2000;
  private static final String STEP = "task_engine: Running step: ";
  private static final Pattern NAMES =
      Pattern.compile(
          "(.*(?:put names are repeated|have the same name|unrecognized dependency step\\(s\\)"
              + "|duplicate member types encountered|global parameters were unused): )(.*)",
          Pattern.DOTALL);
  private static final Pattern SCHEMA_PART =
      Pattern.compile(
          "'(parameters|[a-z]+_[a-z_]*"
              + "(definition|dependencies|input|invocation|output|plugin|reference|step|structure"
              + "|task)s?)'");
  private static final Pattern NAMED =
      Pattern.compile(
          "type\\.error: (in step \".*reference.*|In definition of type \".*Type not found: )",
          Pattern.DOTALL);
  private static final Pattern TOLD_LINES =
      Pattern.compile(
          "(INFO recorder: |INFO dioptra\\.task_engine\\.task_engine: Running step: "
              + "|WARNING dioptra\\.task_engine\\.task_engine: ).*",
          Pattern.DOTALL);

  /** Finds what differs between the answer of Dioptra's engine and ours. */
  static Comparison of(Case asked, Answer theirs, Answer ours) {
    Set<KnownDifference> known = EnumSet.noneOf(KnownDifference.class);
    String difference = "";
    if (asked.version() == DioptraApiVersion.V1_1 && hasSwaps(asked)) {
      known.add(KnownDifference.SWAPS_AT_1_1);
      return new Comparison(Optional.empty(), known);
    }
    if (!theirs.schema().isEmpty()) {
      known.add(KnownDifference.SCHEMA_WORDING);
      difference = places(asked, theirs, ours, known);
    } else if (theirs.refused().isPresent()) {
      difference = refused(asked, theirs.refused().get(), ours, known);
    } else {
      difference = issues(theirs, ours, known);
      if (difference.isEmpty()) {
        difference = run(theirs, ours, known);
      }
    }
    return new Comparison(Optional.of(difference).filter(it -> !it.isEmpty()), known);
  }

  private static String places(Case asked, Answer theirs, Answer ours, Set<KnownDifference> known) {
    if (ours.schema().isEmpty() || ours.schema().size() < ours.issues().size()) {
      return "the schema is broken for Dioptra only";
    }
    Set<String> expected = SchemaPlaces.of(theirs.schema());
    Set<String> found = SchemaPlaces.of(ours.schema());
    if (!expected.containsAll(found)) {
      known.add(KnownDifference.SCHEMA_AT_ONCE);
      found.removeAll(SchemaPlaces.toldLate(asked));
      expected.removeAll(SchemaPlaces.toldLate(asked));
    }
    return differ("places of schema issues", expected, found);
  }

  /** Dioptra's validation ended with an exception. */
  private static String refused(
      Case asked, Answer.Told told, Answer ours, Set<KnownDifference> known) {
    boolean toldLate =
        !ours.schema().isEmpty()
            && SchemaPlaces.toldLate(asked).containsAll(SchemaPlaces.of(ours.schema()));
    if (toldLate) {
      known.add(KnownDifference.SCHEMA_AT_ONCE);
      return "";
    }
    if (told.type().equals("KeyError") && SCHEMA_PART.matcher(told.message()).matches()) {
      known.add(KnownDifference.SCHEMA_EXCEPTION);
      return ours.schema().isEmpty() ? "the schema is broken for Dioptra only" : "";
    }
    return switch (told.type()) {
      case "ValueError" -> texts(List.of("semantic.error: " + told.message()), ours, known);
      case "KeyError", "IndexError", "AssertionError" -> {
        known.add(KnownDifference.BARE_EXCEPTION);
        boolean named = ours.issues().stream().anyMatch(it -> NAMED.matcher(it).matches());
        yield named ? "" : "no issue names the reference that ended the validation";
      }
      case "AttributeError" -> {
        known.add(KnownDifference.KWARGS_NO_OBJECT);
        yield hasKwargsThatAreNoObject(asked) ? "" : "the validation failed for another reason";
      }
      default -> {
        known.add(KnownDifference.EXCEPTION_IS_ISSUE);
        yield texts(List.of("type.error: " + told.message()), ours, known);
      }
    };
  }

  private static boolean hasSwaps(Case asked) {
    return asked.configuration().path("graph").values().stream()
        .flatMap(step -> step.propertyNames().stream())
        .anyMatch(name -> name.startsWith("?"));
  }

  private static boolean hasKwargsThatAreNoObject(Case asked) {
    return Trees.containers(asked.configuration()).stream()
        .anyMatch(it -> it.has("task") && it.has("kwargs") && !it.get("kwargs").isObject());
  }

  private static String issues(Answer theirs, Answer ours, Set<KnownDifference> known) {
    return texts(theirs.issues(), ours, known);
  }

  private static String texts(List<String> theirs, Answer ours, Set<KnownDifference> known) {
    Set<String> expected = new TreeSet<>(theirs);
    Set<String> found = new TreeSet<>(ours.issues());
    if (expected.equals(found)) {
      return "";
    }
    boolean asMany = expected.size() == found.size();
    if (found.removeIf(it -> it.contains(CUT)) && asMany) {
      known.add(KnownDifference.TEXT_IS_CUT);
      expected.removeIf(it -> it.length() > LONGEST_TYPE);
    } else {
      known.add(KnownDifference.ORDER_OF_NAMES);
    }
    return differ("issues", canonical(expected), canonical(found));
  }

  private static String run(Answer theirs, Answer ours, Set<KnownDifference> known) {
    String difference = differ("run order", theirs.order(), ours.order());
    if (difference.isEmpty()) {
      difference = errors(theirs.error(), ours.error());
    }
    List<String> told = lines(theirs);
    List<String> ourLines = lines(ours);
    boolean stepsAreDone =
        told.stream().filter(it -> it.contains(STEP)).count() == theirs.order().size();
    if (theirs.error().isPresent() && stepsAreDone && ourLines.size() > told.size()) {
      known.add(KnownDifference.ARTIFACTS_GO_ON);
      List<String> more = ourLines.subList(told.size(), ourLines.size());
      if (more.stream().allMatch(it -> it.contains(" writes "))) {
        ourLines = ourLines.subList(0, told.size());
      }
    }
    return difference.isEmpty() ? differ("lines of the run", told, ourLines) : difference;
  }

  private static String errors(Optional<Answer.Told> theirs, Optional<Answer.Told> ours) {
    String difference =
        differ(
            "error of the run", theirs.map(Answer.Told::message), ours.map(Answer.Told::message));
    if (difference.isEmpty() && ours.isPresent() && !ours.get().type().isEmpty()) {
      return differ("class of the error", theirs, ours);
    }
    return difference;
  }

  /** Without what only one of both tells on purpose. */
  private static List<String> lines(Answer answer) {
    return answer.log().stream()
        .filter(line -> TOLD_LINES.matcher(line).matches())
        .map(Comparison::canonical)
        .toList();
  }

  private static Set<String> canonical(Collection<String> issues) {
    Set<String> canonical = new TreeSet<>();
    issues.forEach(issue -> canonical.add(canonical(issue)));
    return canonical;
  }

  /** Brings what comes from a Python set into one order: names, and the members of unions. */
  private static String canonical(String text) {
    Matcher names = NAMES.matcher(text);
    if (names.matches()) {
      return names.group(1) + sorted(names.group(2));
    }
    int union = text.indexOf("UNION[");
    return union < 0 ? text : text.substring(0, union) + sorted(text.substring(union));
  }

  private static String sorted(String names) {
    return String.join(
        "", Stream.of(names.split("(?<=[\\[\\], ])|(?=[\\[\\], ])", -1)).sorted().toList());
  }

  private static String differ(String what, Object theirs, Object ours) {
    return theirs.equals(ours) ? "" : "%s: %s is not %s".formatted(what, theirs, ours);
  }
}
