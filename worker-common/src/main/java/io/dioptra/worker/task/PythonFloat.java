package io.dioptra.worker.task;

import java.math.BigDecimal;
import java.math.MathContext;

/** Python's text of a float: the fewest digits that read back as the same number. */
final class PythonFloat {
  /** Python writes an exponent below 1e-4 and from 1e16 on. */
  private static final int SMALLEST_POINT = -4;

  private static final int LARGEST_POINT = 16;

  private PythonFloat() {}

  static String repr(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    String sign = Math.copySign(1.0, number) < 0 ? "-" : "";
    double size = Math.abs(number);
    if (Double.isInfinite(size)) {
      return sign + "inf";
    }
    return sign + (size == 0 ? "0.0" : finite(size));
  }

  private static String finite(double size) {
    BigDecimal shortest = shortest(size).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    if (point <= SMALLEST_POINT || point > LARGEST_POINT) {
      return scientific(digits, point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String padding = Math.abs(exponent) < 10 ? "0" : "";
    return digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + padding
        + Math.abs(exponent);
  }

  /** Java writes two digits at least, also where one would do: 4.9E-324 for Python's 5e-324. */
  private static BigDecimal shortest(double size) {
    BigDecimal decimal = new BigDecimal(Double.toString(size));
    BigDecimal oneDigit = decimal.round(new MathContext(1));
    return oneDigit.doubleValue() == size ? oneDigit : decimal;
  }
}
