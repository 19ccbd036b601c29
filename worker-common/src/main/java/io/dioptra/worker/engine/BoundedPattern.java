package io.dioptra.worker.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A regular expression that gives up after so many looks at a text: some need longer than a life.
 */
final class BoundedPattern {
  private static final int LOOKS = 5_000_000;

  private final Pattern pattern;

  /** Throws PatternSyntaxException, which the schema's validator knows. */
  BoundedPattern(String expression) {
    this.pattern = Pattern.compile(expression);
  }

  /** Whether it is found somewhere in the text. */
  boolean isFoundIn(String text) {
    return pattern.matcher(new CountedText(text, new AtomicInteger())).find();
  }

  /** A text that counts how often somebody looks at it. */
  private record CountedText(CharSequence text, AtomicInteger looks) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (looks.incrementAndGet() > LOOKS) {
        throw new IllegalArgumentException(
            "a pattern that takes too long for a text of %d characters".formatted(text.length()));
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
