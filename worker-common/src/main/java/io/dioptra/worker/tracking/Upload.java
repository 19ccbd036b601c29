package io.dioptra.worker.tracking;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is stored, and its content type where the name tells one. */
sealed interface Upload {
  Optional<String> contentType();

  /** A text, stored in UTF-8. */
  record Text(String text, Optional<String> contentType) implements Upload {
    private byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A file as it is. */
  record Stored(Path file, Optional<String> contentType) implements Upload {}

  default long size() throws IOException {
    return switch (this) {
      case Text text -> text.bytes().length;
      case Stored stored -> Files.size(stored.file());
    };
  }

  default InputStream open() throws IOException {
    return switch (this) {
      case Text text -> new ByteArrayInputStream(text.bytes());
      case Stored stored -> Files.newInputStream(stored.file());
    };
  }
}
