package io.dioptra.worker.deeplearning4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.jvm.TaskJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hold no model, or a damaged one. */
class ModelFileIT {
  private Path folder;
  private @TempDir Path written;

  @BeforeEach
  void findTheModels() throws Exception {
    Path model = Path.of(Objects.requireNonNull(getClass().getResource("sequential.h5")).toURI());
    folder = Objects.requireNonNull(model.getParent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.h5 | there is no file",
        "weights.h5 | weights.h5 holds no model: expected is the attribute \"model_config\"",
        "keras3.h5 | keras3.h5 was written by Keras 3.15.1. Expected is HDF5 of Keras 1 or 2: bui",
        "keras3.keras | keras3.keras is in Keras' .keras format. Expected is HDF5 of Keras 1 or 2",
        "images.npy | images.npy is no model. Expected is a zip file of Deeplearning4j, or HDF5",
      })
  void aFileThatIsNoSuchModelIsToldWithTheReason(String file, String message) {
    assertThatThrownBy(() -> load(file)).hasMessageContaining(message);
  }

  @Test
  void aDamagedFileIsTold() throws Exception {
    assertThatThrownBy(() -> load(half(folder.resolve("sequential.h5"))))
        .hasMessageContaining("sequential.h5 is no Keras model, or is damaged. Expected what tf_");
    Path zip = written.resolve("whole.zip");
    try (Deeplearning4jModel model = load("sequential.h5")) {
      model.save(zip);
    }
    assertThatThrownBy(() -> load(half(zip)))
        .hasMessageContaining("whole.zip is damaged. Expected");
    Path other = written.resolve("other.zip");
    try (ZipOutputStream content = new ZipOutputStream(Files.newOutputStream(other))) {
      content.putNextEntry(new ZipEntry("readme"));
    }
    assertThatThrownBy(() -> load(other.toString()))
        .hasMessageContaining("expected are the entries configuration.json and coefficients.bin, f")
        .hasMessageContaining("found [readme]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is no model. Expected is a zip file of Deeplearning4j, or HDF5 of Keras 1 or 2; it",
        "ff |  is no model. Expected is a zip file of Deeplearning4j, or HDF5 of Keras 1 or 2; it",
        "504b0304 | is damaged. Expected a zip file as save_model or Deeplearning4j's"
            + " ModelSerializer",
        "894844460d0a1a0a | is no Keras model, or is damaged. Expected what tf_keras'",
      })
  void noiseIsTold(String start, String message) throws Exception {
    byte[] noise = new byte[start.isEmpty() ? 0 : 5000];
    new Random(8).nextBytes(noise);
    byte[] first = HexFormat.of().parseHex(start);
    System.arraycopy(first, 0, noise, 0, first.length);
    Path file = Files.write(written.resolve("noise"), noise);
    assertThatThrownBy(() -> load(file.toString())).hasMessageContaining(message);
  }

  @Test
  void aLayerThatIsNotKnownIsNamed() throws Exception {
    String whole =
        new String(
            Files.readAllBytes(folder.resolve("functional.h5")), StandardCharsets.ISO_8859_1);
    Path file = written.resolve("other.h5");
    Files.writeString(
        file, whole.replace("\"Flatten\"", "\"Flattex\""), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> load(file.toString()))
        .hasMessageContaining("Deeplearning4j does not know a part of the Keras model " + file)
        .hasMessageContaining("Flattex");
  }

  @Test
  void aFileThatUnpacksToTooMuchIsNotUnpacked() throws Exception {
    Path bomb = written.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream content = new ZipOutputStream(Files.newOutputStream(bomb))) {
      content.putNextEntry(new ZipEntry("coefficients.bin"));
      content.putNextEntry(new ZipEntry("configuration.json"));
      for (int megabyte = 0; megabyte < 300; megabyte++) {
        content.write(zeros);
      }
    }
    assertThatThrownBy(() -> load(bomb.toString()))
        .hasMessageContaining("bomb.zip is no model of Deeplearning4j: its ")
        .hasMessageContaining("would become 314572800, but weights cannot be packed that well");
  }

  private String half(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path half = Files.createTempDirectory(written, "half").resolve(file.getFileName());
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    return half.toString();
  }

  private Deeplearning4jModel load(String file) {
    return new TaskJob(folder, Map.of()).call(() -> Deeplearning4j.loadModel(file));
  }
}
