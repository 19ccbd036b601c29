package io.dioptra.worker.source;

import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads files. One that ends in {@code .json} is JSON, any other YAML. */
public final class SourceFile {
  private static final long LIMIT = 16L << 20;

  private SourceFile() {}

  /** Reads a file whose root is an object. */
  public static Document read(Path file) throws SourceException {
    String name = file.toString();
    String text = text(file);
    Document document =
        name.toLowerCase(Locale.ROOT).endsWith(".json")
            ? new JsonReader(name).read(text)
            : new YamlReader(name).read(text);
    if (!(document.root() instanceof Value.Members)) {
      throw SourceException.at(
          name, document.spot().at(), "an object with members such as graph is expected here");
    }
    return document;
  }

  /** The value of a JSON text. */
  public static Value json(String text) throws SourceException {
    return new JsonReader("JSON").read(text).root();
  }

  static String text(Path file) throws SourceException {
    try {
      if (Files.size(file) > LIMIT) {
        throw new SourceException("%s: larger than %d MiB".formatted(file, LIMIT >> 20));
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException _) {
      throw new SourceException(file + ": there is no such file");
    } catch (CharacterCodingException _) {
      throw new SourceException(file + ": is no text in UTF-8");
    } catch (IOException e) {
      throw new SourceException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
