package io.dioptra.worker.report;

import io.dioptra.worker.config.Secret;
import io.dioptra.worker.task.LogLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Replaces secrets in text by {@code ***}: as they are, and as they look in URLs, JSON, Python's
 * {@code repr} and base64. Any thread may use it.
 *
 * <p>It costs a nanosecond or two for each character: a small table tells where no secret can
 * begin, which is nearly everywhere.
 */
public final class Masks {
  /** What is shown instead. */
  public static final String MASK = "***";

  /** A shorter secret is a word that stands everywhere; whoever reads the log needs to see it. */
  static final int SHORTEST = 6;

  private static final int KEYS = 1 << 12;

  private final List<String> shapes;
  private final String[][] byBegin = new String[KEYS][];

  private Masks(Collection<String> shapes) {
    this.shapes = List.copyOf(shapes);
    // The longest first: a secret may be the beginning of another.
    List<String> sorted = new ArrayList<>(shapes);
    sorted.sort(Comparator.comparingInt(String::length).reversed());
    for (String shape : sorted) {
      int key = key(shape, 0);
      String[] present = byBegin[key] == null ? new String[0] : byBegin[key];
      byBegin[key] = Arrays.copyOf(present, present.length + 1);
      byBegin[key][present.length] = shape;
    }
  }

  /** Masks nothing. */
  public static Masks none() {
    return new Masks(List.of());
  }

  /** Masks these, but for those that are too short. A secret of several lines is masked by line. */
  public static Masks of(Collection<Secret> secrets) {
    return none().and(secrets);
  }

  /** Masks these too. */
  public Masks and(Collection<Secret> secrets) {
    SequencedSet<String> all = new LinkedHashSet<>(shapes);
    for (Secret secret : secrets) {
      secret
          .reveal()
          .lines()
          .map(String::strip)
          .filter(Masks::isLongEnough)
          .forEach(line -> all.addAll(SecretShapes.of(line)));
    }
    return new Masks(all);
  }

  /** The line with each secret in its texts replaced. */
  LogLine apply(LogLine line) {
    return new LogLine(
        line.time(),
        line.severity(),
        apply(line.logger()),
        apply(line.event()),
        apply(line.fields()),
        apply(line.details()));
  }

  /** The text with each secret replaced. */
  public String apply(String text) {
    if (shapes.isEmpty()) {
      return text;
    }
    StringBuilder masked = null;
    int copied = 0;
    int last = text.length() - SHORTEST;
    for (int at = 0; at <= last; ) {
      int length = lengthOfSecret(text, at);
      if (length == 0) {
        at++;
        continue;
      }
      masked = masked == null ? new StringBuilder(text.length()) : masked;
      masked.append(text, copied, at).append(MASK);
      at += length;
      copied = at;
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  private int lengthOfSecret(String text, int at) {
    String[] candidates = byBegin[key(text, at)];
    if (candidates != null) {
      for (String shape : candidates) {
        if (text.startsWith(shape, at)) {
          return shape.length();
        }
      }
    }
    return 0;
  }

  private static boolean isLongEnough(String secret) {
    return secret.length() >= SHORTEST;
  }

  private static int key(String text, int at) {
    return (text.charAt(at) * 31 * 31 + text.charAt(at + 1) * 31 + text.charAt(at + 2))
        & (KEYS - 1);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return shapes.size() + " shapes of secrets";
  }
}
