package io.dioptra.worker.queue.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;

/** What {@code make_payloads.py} wrote, and pickles written by hand. */
public final class SamplePayload {
  private SamplePayload() {}

  public static byte[] named(String name) {
    try (InputStream sample = SamplePayload.class.getResourceAsStream(name + ".bin")) {
      return Objects.requireNonNull(sample, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hexadecimal digits with spaces between. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
