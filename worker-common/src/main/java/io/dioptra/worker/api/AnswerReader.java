package io.dioptra.worker.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/** Takes what is wanted out of a success. An {@code IOException} means that the answer was cut. */
@FunctionalInterface
interface AnswerReader<T> {
  T read(Response response) throws IOException;

  /** A document, as what {@code parser} makes of it. */
  static <T> AnswerReader<T> json(Function<JsonNode, T> parser) {
    return response -> parser.apply(JsonValues.read(response.body().bytes()));
  }

  /** Nothing: the status line says it all, so a cut body is no reason to ask again. */
  static AnswerReader<Response> nothing() {
    return response -> {
      try {
        var _ = response.body().bytes();
      } catch (IOException _) {
        // The connection is broken now; the next request finds that out.
      }
      return response;
    };
  }

  /**
   * Bytes, in a file that exists only when it is complete.
   *
   * <p>What goes wrong with the file itself is an {@code UncheckedIOException}: asking again would
   * not mend it.
   */
  static AnswerReader<Path> file(Path target) {
    return response -> {
      Path part = target.resolveSibling(target.getFileName() + ".part");
      try (InputStream in = response.body().byteStream();
          OutputStream out = open(part)) {
        copy(in, out);
      }
      return moved(part, target);
    };
  }

  private static OutputStream open(Path part) {
    try {
      return Files.newOutputStream(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      try {
        out.write(buffer, 0, count);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path moved(Path part, Path target) {
    try {
      return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
