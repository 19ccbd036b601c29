package io.dioptra.worker.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for what something is made of. */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(String... texts) {
    Fingerprint fingerprint = new Fingerprint();
    for (String text : texts) {
      fingerprint.add(text);
    }
    return fingerprint.toString();
  }

  void add(String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
  }

  void add(Path file) throws IOException {
    add(file.getFileName().toString());
    digest.update(Files.readAllBytes(file));
  }

  /** Ends it: sixteen hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
