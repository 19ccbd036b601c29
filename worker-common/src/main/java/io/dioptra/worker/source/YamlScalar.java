package io.dioptra.worker.source;

import io.dioptra.worker.task.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar means in YAML 1.1 as PyYAML reads it, which Dioptra's API does: {@code yes} is
 * true, {@code 1e5} a text, {@code 010} eight, {@code 1:30} ninety.
 */
sealed interface YamlScalar {
  /** A value that JSON has, too. */
  record Plain(Value value) implements YamlScalar {}

  /** A value that it has not; in words. */
  record NoJson(String what) implements YamlScalar {}

  /** The sign that the members of another object are to be taken over. */
  record Merge() implements YamlScalar {}

  /** The sign that stands for the value of an object among its members, in PyYAML a text. */
  record EqualsSign() implements YamlScalar {}

  /** PyYAML stops here; why. */
  record Refused(String why) implements YamlScalar {}

  /** The rules, in the order in which PyYAML looks at them. */
  record Rule(String tag, Pattern form) {}

  String PREFIX = "tag:yaml.org,2002:";
  Set<String> TRUE = Set.of("yes", "true", "on");
  Set<String> FALSE = Set.of("no", "false", "off");
  BigInteger SIXTY = BigInteger.valueOf(60);

  List<Rule> RULES =
      List.of(
          rule(
              "bool", "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"),
          rule(
              "float",
              "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
                  + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                  + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
                  + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)"),
          rule(
              "int",
              "[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)"
                  + "|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"),
          rule("merge", "<<"),
          rule("null", "~|null|Null|NULL|"),
          rule(
              "timestamp",
              "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                  + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}"
                  + ":[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
                  + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"),
          rule("value", "="));

  private static Rule rule(String name, String form) {
    return new Rule(PREFIX + name, Pattern.compile(form));
  }

  /** The tag of a scalar that stands there without quotes and without a tag. */
  static String tagOf(String text) {
    return RULES.stream()
        .filter(rule -> rule.form().matcher(text).matches())
        .map(Rule::tag)
        .findFirst()
        .orElse(PREFIX + "str");
  }

  /** What a text with a tag stands for. */
  static YamlScalar of(String tag, String text) {
    String name = tag.startsWith(PREFIX) ? tag.substring(PREFIX.length()) : tag;
    try {
      return switch (name) {
        case "str" -> new Plain(new Value.Text(text));
        case "null" -> new Plain(new Value.Null());
        case "bool" -> bool(text);
        case "int" -> new Plain(new Value.Int(whole(text)));
        case "float" -> new Plain(new Value.Real(real(text)));
        case "merge" -> new Merge();
        case "value" -> new EqualsSign();
        case "timestamp" -> new NoJson("a date");
        case "binary" -> new NoJson("binary data");
        default -> new Refused("PyYAML does not know the tag " + tag);
      };
    } catch (NumberFormatException _) {
      return new Refused("\"%s\" is no %s".formatted(text, name));
    }
  }

  private static YamlScalar bool(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(word) || FALSE.contains(word)) {
      return new Plain(new Value.Bool(TRUE.contains(word)));
    }
    return new Refused("\"%s\" is no bool".formatted(text));
  }

  private static BigInteger whole(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger size;
    if (digits.startsWith("0b")) {
      size = new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      size = new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      size = new BigInteger(digits, 8);
    } else {
      size = BigInteger.ZERO;
      for (String part : digits.split(":", -1)) {
        size = size.multiply(SIXTY).add(new BigInteger(part));
      }
    }
    return negative ? size.negate() : size;
  }

  private static double real(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    double size =
        switch (digits) {
          case ".inf" -> Double.POSITIVE_INFINITY;
          case ".nan" -> Double.NaN;
          default -> digits.contains(":") ? sexagesimal(digits) : decimal(digits);
        };
    return negative ? -size : size;
  }

  /** From the last digit on, as PyYAML adds: the order makes a difference. */
  private static double sexagesimal(String digits) {
    double sum = 0;
    double base = 1;
    for (String part : List.of(digits.split(":", -1)).reversed()) {
      sum += decimal(part) * base;
      base *= 60;
    }
    return sum;
  }

  /** Java also takes forms such as {@code 1d} and {@code 0x1p3}. */
  private static double decimal(String digits) {
    if (!digits.matches("[0-9]*\\.?[0-9]*(?:e[-+]?[0-9]+)?")) {
      throw new NumberFormatException(digits);
    }
    return Double.parseDouble(digits);
  }
}
