package io.dioptra.worker.journey;

import io.dioptra.worker.testing.PluginSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The Python files beside these tests, as plugins under names that nobody else uses. */
final class Python {
  private Python() {}

  /** A plugin with a file of the tests, for example {@code rude.py}. */
  static PluginSource plugin(String file) throws IOException {
    return PluginSource.of(unique(), file, text(file));
  }

  /** A name that is new, and a Python identifier. */
  static String unique() {
    return "j" + UUID.randomUUID().toString().replace("-", "");
  }

  private static String text(String file) throws IOException {
    try (InputStream text = Python.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new IOException("No " + file + " lies beside " + Python.class);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
