package io.dioptra.worker.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the values of options; what cannot be read is an {@link IllegalArgumentException}. */
final class OptionValue {
  private static final Set<String> SERIALIZERS =
      Set.of("pickle", "json", "rq.serializers.DefaultSerializer", "rq.serializers.JSONSerializer");

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
