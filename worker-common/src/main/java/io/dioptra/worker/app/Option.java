package io.dioptra.worker.app;

import java.util.List;
import java.util.function.Consumer;

/**
 * One option of a command line.
 *
 * @param label what its value is, for the usage; empty for an option without a value
 * @param taker gets the value, each time that the option is given; may throw an {@link
 *     IllegalArgumentException} that says what is wrong with it
 */
record Option(List<String> names, String label, String help, Consumer<String> taker) {
  Option {
    names = List.copyOf(names);
  }

  static Option flag(String names, String help, Runnable taker) {
    return new Option(List.of(names.split(", ")), "", help, _ -> taker.run());
  }

  static Option value(String names, String label, String help, Consumer<String> taker) {
    return new Option(List.of(names.split(", ")), label, help, taker);
  }

  /** An option that the usage does not show. */
  static Option hidden(String names, Runnable taker) {
    return flag(names, "", taker);
  }

  boolean isHidden() {
    return help.isEmpty();
  }

  boolean hasValue() {
    return !label.isEmpty();
  }

  void take(String value) throws UsageException {
    try {
      taker.accept(value);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          hasValue()
              ? "Invalid value for option '%s' (%s): %s"
                  .formatted(names.getLast(), label, e.getMessage())
              : "Option '%s' cannot be used: %s".formatted(names.getLast(), e.getMessage()));
    }
  }

  /** As the usage shows it. */
  String form() {
    return String.join(", ", names) + (hasValue() ? "=" + label : "");
  }
}
