package io.dioptra.worker.local;

import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.source.SourceFile;
import io.dioptra.worker.task.Value;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The types of an entrypoint's parameters, and how Dioptra's API makes values of texts. */
enum ParameterType {
  STRING("string"),
  BOOLEAN("boolean"),
  INTEGER("integer"),
  FLOAT("number"),
  LIST(""),
  MAPPING("");

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+(_[0-9]+)*");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(D(\\.D?)?|\\.D)([eE][-+]?D)?".replace("D", "(?:[0-9]+(?:_[0-9]+)*)"));

  private final String engineType;

  ParameterType(String engineType) {
    this.engineType = engineType;
  }

  /** The one with Dioptra's word. */
  static Optional<ParameterType> of(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands for it in a configuration; empty for nothing. */
  Optional<String> engineType() {
    return Optional.of(engineType).filter(it -> !it.isEmpty());
  }

  /** The value that a text stands for; empty where it stands for none. */
  Optional<Value> value(String text) {
    return switch (this) {
      case STRING -> Optional.of(new Value.Text(text));
      case BOOLEAN -> flag(text.toLowerCase(Locale.ROOT));
      case INTEGER -> whole(text.strip());
      case FLOAT -> real(text.strip());
      case LIST -> json(text).filter(Value.Items.class::isInstance);
      case MAPPING -> json(text).filter(Value.Members.class::isInstance);
    };
  }

  private static Optional<Value> flag(String word) {
    return switch (word) {
      case "true" -> Optional.of(new Value.Bool(true));
      case "false" -> Optional.of(new Value.Bool(false));
      default -> Optional.empty();
    };
  }

  private static Optional<Value> whole(String text) {
    return WHOLE.matcher(text).matches()
        ? Optional.of(new Value.Int(new BigInteger(text.replace("_", ""))))
        : Optional.empty();
  }

  private static Optional<Value> real(String text) {
    if (REAL.matcher(text).matches()) {
      return Optional.of(new Value.Real(Double.parseDouble(text.replace("_", ""))));
    }
    return switch (text.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "")) {
      case "inf", "infinity" -> Optional.of(new Value.Real(Double.POSITIVE_INFINITY));
      case "-inf", "-infinity" -> Optional.of(new Value.Real(Double.NEGATIVE_INFINITY));
      case "nan", "-nan" -> Optional.of(new Value.Real(Double.NaN));
      default -> Optional.empty();
    };
  }

  private static Optional<Value> json(String text) {
    try {
      return Optional.of(SourceFile.json(text));
    } catch (SourceException _) {
      return Optional.empty();
    }
  }
}
