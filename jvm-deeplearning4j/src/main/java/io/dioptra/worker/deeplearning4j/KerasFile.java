package io.dioptra.worker.deeplearning4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model that Keras 1 or 2 has written as HDF5. */
final class KerasFile {
  private static final String MODEL = "model_config";
  private static final String VERSION = "keras_version";

  private KerasFile() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no such model, with what was found
   */
  static Deeplearning4jModel read(Path file) {
    try {
      JsonNode model = JsonMapper.shared().readTree(configuration(file));
      return new Deeplearning4jModel(
          "the Keras model " + file.getFileName(), network(file, model), shape(model));
    } catch (NoModelException e) {
      throw e;
    } catch (UnsupportedKerasConfigurationException e) {
      throw new NoModelException(
          "Deeplearning4j does not know a part of the Keras model %s: %s. A SavedModel of it can be used with TensorFlow."
              .formatted(file, Words.of(e)),
          e);
    } catch (IOException | InvalidKerasConfigurationException | RuntimeException e) {
      throw new NoModelException(
          "%s is no Keras model, or is damaged. Expected what tf_keras' model.save(\"model.h5\") writes; Deeplearning4j says: %s"
              .formatted(file, Words.of(e)),
          e);
    }
  }

  private static String configuration(Path file) throws UnsupportedKerasConfigurationException {
    try (Hdf5Archive archive = new Hdf5Archive(file.toString())) {
      if (!archive.hasAttribute(MODEL)) {
        throw new NoModelException(
            "%s holds no model: expected is the attribute \"%s\", which model.save(\"model.h5\") writes and model.save_weights(…) does not"
                .formatted(file, MODEL));
      }
      String version = archive.hasAttribute(VERSION) ? archive.readAttributeAsString(VERSION) : "1";
      if (!version.startsWith("1") && !version.startsWith("2")) {
        throw newer(file, "was written by Keras " + version);
      }
      // A text of fixed length is read with what fills it up.
      return archive.readAttributeAsJson(MODEL).split("\0", 2)[0];
    }
  }

  /** Says what to do with a file of Keras 3. */
  static NoModelException newer(Path file, String found) {
    return new NoModelException(
        "%s %s. Expected is HDF5 of Keras 1 or 2: build the model with the package tf_keras (or TF_USE_LEGACY_KERAS=1), set its weights, and call model.save(\"model.h5\"). A SavedModel of it can be used with TensorFlow."
            .formatted(file, found));
  }

  private static ComputationGraph network(Path file, JsonNode model)
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    // What it was trained with is of no use here, and often unknown to Deeplearning4j.
    boolean training = false;
    return model.path("class_name").asString("").equals("Sequential")
        ? KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), training)
            .toComputationGraph()
        : KerasModelImport.importKerasModelAndWeights(file.toString(), training);
  }

  private static InputShape shape(JsonNode model) {
    JsonNode configuration = model.path("config");
    JsonNode layers = configuration.isArray() ? configuration : configuration.path("layers");
    for (JsonNode layer : layers) {
      JsonNode lengths = layer.path("config").path("batch_input_shape");
      if (lengths.isArray() && lengths.size() > 1) {
        List<Long> shape = new ArrayList<>();
        for (int axis = 1; axis < lengths.size(); axis++) {
          shape.add(lengths.get(axis).isNumber() ? lengths.get(axis).longValue() : -1L);
        }
        return new InputShape(shape);
      }
    }
    return InputShape.UNKNOWN;
  }
}
