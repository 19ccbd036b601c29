package io.dioptra.worker.deeplearning4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deeplearning4j's own format: a zip file with a configuration in JSON and the parameters. One that
 * is written here has an entry more, for the shape of the inputs, which others do not mind.
 */
final class ModelZip {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String SHAPE = "input-shape.txt";

  /**
   * Deeplearning4j reads all entries into the heap: what unpacks to more than this is looked at.
   */
  private static final long LARGE = 64L << 20;

  /** How many times as large unpacked weights may be: many zeros are packed well, too. */
  private static final long MOST = 20;

  private ModelZip() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no such model, with what was found
   */
  static Deeplearning4jModel read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      check(file, zip);
      String shape = text(zip, SHAPE);
      return new Deeplearning4jModel(
          "the model " + file.getFileName(),
          isGraph(zip)
              ? ModelSerializer.restoreComputationGraph(file.toFile(), false)
              : ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false).toComputationGraph(),
          shape == null ? InputShape.UNKNOWN : InputShape.parse(shape));
    } catch (NoModelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new NoModelException(
          "%s is damaged. Expected a zip file as save_model or Deeplearning4j's ModelSerializer writes it; Deeplearning4j says: %s"
              .formatted(file, Words.of(e)),
          e);
    }
  }

  private static void check(Path file, ZipFile zip) {
    List<String> found = Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
    if (found.contains("model.weights.h5")) {
      throw KerasFile.newer(file, "is in Keras' .keras format");
    }
    if (!found.contains(CONFIGURATION) || !found.contains(PARAMETERS)) {
      throw new NoModelException(
          "%s is no model of Deeplearning4j: expected are the entries %s and %s, found %s"
              .formatted(file, CONFIGURATION, PARAMETERS, found));
    }
    long packed = file.toFile().length();
    long whole = Collections.list(zip.entries()).stream().mapToLong(ZipEntry::getSize).sum();
    if (whole > LARGE && whole > MOST * packed) {
      throw new NoModelException(
          "%s is no model of Deeplearning4j: its %d bytes would become %d, but weights cannot be packed that well"
              .formatted(file, packed, whole));
    }
  }

  private static boolean isGraph(ZipFile zip) throws IOException {
    try {
      String json = text(zip, CONFIGURATION);
      return JsonMapper.shared().readTree(json == null ? "" : json).has("vertices");
    } catch (JacksonException e) {
      throw new IOException("its " + CONFIGURATION + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static @Nullable String text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream content = zip.getInputStream(entry)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a model; the file is whole, or is not there. */
  static void write(ComputationGraph graph, InputShape shape, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path plain = Files.createTempFile(folder, "model", ".part");
    Path whole = Files.createTempFile(folder, "model", ".part");
    try {
      ModelSerializer.writeModel(graph, plain.toFile(), false);
      try (ZipFile from = new ZipFile(plain.toFile());
          ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(whole))) {
        for (ZipEntry entry : Collections.list(from.entries())) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
        if (!shape.equals(InputShape.UNKNOWN)) {
          to.putNextEntry(new ZipEntry(SHAPE));
          to.write(shape.text().getBytes(StandardCharsets.UTF_8));
        }
      }
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(plain);
      Files.deleteIfExists(whole);
    }
  }
}
