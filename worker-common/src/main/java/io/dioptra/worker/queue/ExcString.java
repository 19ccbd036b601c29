package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;

/** RQ's {@code exc_string}: text, zlib, base64. Its readers fail on anything else. */
final class ExcString {
  private static final int MAX_CHARS = 64 * 1024;
  private static final int HEAD_CHARS = 16 * 1024;

  private ExcString() {}

  /** Leaves out the middle of a long text, since it stays in Redis for a year. */
  static String encode(String text) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(deflated)) {
      stream.write(shortened(text).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(deflated.toByteArray());
  }

  private static String shortened(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    int left = text.length() - MAX_CHARS;
    return text.substring(0, HEAD_CHARS)
        + "\n… "
        + left
        + " characters left out …\n"
        + text.substring(HEAD_CHARS + left);
  }
}
