package io.dioptra.worker.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How one secret may look in a text. */
final class SecretShapes {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  /** A header or the like around a key, which many secrets share. */
  private static final String FRAME = "-----";

  private SecretShapes() {}

  static Set<String> of(String secret) {
    Set<String> shapes = new LinkedHashSet<>();
    if (secret.startsWith(FRAME)) {
      return shapes;
    }
    shapes.add(secret);
    addQuoted(shapes, secret);
    addUrlEncoded(shapes, secret);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      String piece = base64(bytes, before);
      shapes.add(piece);
      shapes.add(piece.replace('+', '-').replace('/', '_'));
    }
    shapes.removeIf(shape -> shape.length() < Masks.SHORTEST);
    return shapes;
  }

  /** As JSON and as Python's {@code repr} write it, the two quotes of which differ. */
  private static void addQuoted(Set<String> shapes, String secret) {
    String backslashes = secret.replace("\\", "\\\\");
    shapes.add(backslashes);
    shapes.add(backslashes.replace("\"", "\\\""));
    shapes.add(backslashes.replace("'", "\\'"));
    StringBuilder ascii = new StringBuilder();
    for (char c : backslashes.replace("\"", "\\\"").toCharArray()) {
      ascii.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    shapes.add(ascii.toString());
  }

  /** As forms, Python and JavaScript write it: they differ in what they leave alone. */
  private static void addUrlEncoded(Set<String> shapes, String secret) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String python = form.replace("*", "%2A").replace("%7E", "~");
    String javaScript = form.replace("%7E", "~").replace("%21", "!").replace("%27", "'");
    javaScript = javaScript.replace("%28", "(").replace("%29", ")");
    for (String one : new String[] {form, python, javaScript}) {
      for (String space : new String[] {one, one.replace("+", "%20")}) {
        for (String slash : new String[] {space, space.replace("%2F", "/")}) {
          shapes.add(slash);
          shapes.add(ESCAPE.matcher(slash).replaceAll(it -> it.group().toLowerCase(Locale.ROOT)));
        }
      }
    }
  }

  /**
   * The characters of base64 that stem from the secret alone, where {@code before} bytes, or three
   * more, or six more, precede it.
   */
  private static String base64(byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int first = (before * 8 + 5) / 6;
    int afterLast = shifted.length * 8 / 6;
    return text.substring(first, afterLast);
  }
}
