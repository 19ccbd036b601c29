package io.dioptra.worker.app;

import io.dioptra.worker.config.JobUser;
import io.dioptra.worker.config.UserChoice;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the values of options; what cannot be read is an {@link IllegalArgumentException}. */
final class OptionValue {
  private static final Set<String> SERIALIZERS =
      Set.of("pickle", "json", "rq.serializers.DefaultSerializer", "rq.serializers.JSONSerializer");

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,15})([bkmgt]?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern USER = Pattern.compile("([0-9]{1,9})(?::([0-9]{1,9}))?");

  private OptionValue() {}

  /** Whole seconds, also negative ones. */
  static Duration signedSeconds(String text) {
    return Duration.ofSeconds(whole(text, "seconds"));
  }

  static Duration seconds(String text) {
    return Duration.ofSeconds(atLeast(0, whole(text, "seconds"), text));
  }

  /** At least one second. */
  static Duration interval(String text) {
    return Duration.ofSeconds(atLeast(1, whole(text, "seconds"), text));
  }

  /** At least one. */
  static int count(String text, String unit) {
    return atLeast(1, whole(text, unit), text);
  }

  /** A number of bytes, with k, m, g or t behind it for the powers of 1024, as Docker takes it. */
  static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no size, such as 8g, 512m or a number of bytes");
    }
    int power =
        "bkmgt".indexOf(size.group(2).isEmpty() ? "b" : size.group(2).toLowerCase(Locale.ROOT));
    return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
  }

  static UserChoice user(String text) {
    Matcher numbers = USER.matcher(text);
    if (numbers.matches()) {
      int user = Integer.parseInt(numbers.group(1));
      int group = numbers.group(2) == null ? user : Integer.parseInt(numbers.group(2));
      return new UserChoice.Other(new JobUser(user, group));
    }
    return switch (text) {
      case "auto" -> new UserChoice.Auto();
      case "same" -> new UserChoice.Same();
      default ->
          throw new IllegalArgumentException(
              "\"" + text + "\" is none of auto, same, a user's number, or USER:GROUP in numbers");
    };
  }

  /** One of an enum's names, written as on a command line. */
  static <E extends Enum<E>> E choice(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> word(it).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is none of %s"
                        .formatted(
                            text,
                            Arrays.stream(type.getEnumConstants())
                                .map(OptionValue::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** How a job's call is written. Only rq's own two are known: others are Python. */
  static void serializer(String text) {
    if (!SERIALIZERS.contains(text)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is a class of Python; this worker reads pickle and json");
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static int whole(String text, String unit) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no number of " + unit, e);
    }
  }

  private static int atLeast(int least, int value, String text) {
    if (value < least) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is " + (value < 0 ? "negative" : "not at least " + least));
    }
    return value;
  }
}
