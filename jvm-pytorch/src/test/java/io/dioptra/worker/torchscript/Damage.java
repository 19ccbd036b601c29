package io.dioptra.worker.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** What may have happened to a file. */
enum Damage {
  EMPTY,
  NOISE,
  HALF,
  SPOILT,
  /** Of the code in it, one operator is another, which PyTorch does not know. */
  OPERATOR;

  byte[] of(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    return switch (this) {
      case EMPTY -> new byte[0];
      case NOISE -> noise(whole.length);
      case HALF -> Arrays.copyOf(whole, whole.length / 2);
      case SPOILT -> {
        System.arraycopy(noise(whole.length / 2), 0, whole, whole.length / 4, whole.length / 2);
        yield whole;
      }
      case OPERATOR -> anotherOperator(file);
    };
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(8).nextBytes(noise);
    return noise;
  }

  private static byte[] anotherOperator(Path file) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (ZipFile from = new ZipFile(file.toFile());
        ZipOutputStream to = new ZipOutputStream(changed)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = from.getInputStream(entry).readAllBytes();
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String other = entry.getName().endsWith(".py") ? text.replace("relu(", "relux(") : text;
        to.write(other.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return changed.toByteArray();
  }
}
