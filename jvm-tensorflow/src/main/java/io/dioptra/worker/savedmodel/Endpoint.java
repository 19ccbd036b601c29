package io.dioptra.worker.savedmodel;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A signature of a SavedModel: the names of arrays that go in and come out, their types and shapes.
 *
 * @param model the folder, for messages
 */
record Endpoint(
    String model, String name, Map<String, TensorInfo> inputs, Map<String, TensorInfo> outputs) {
  static final String GRADIENT = "gradient";
  private static final String LABELS = "labels";

  /**
   * One that is called with examples, and gives one row for each.
   *
   * @throws IllegalArgumentException if the model has none of this name, or it takes something else
   */
  static Endpoint scores(String model, MetaGraphDef graph, String name) {
    Endpoint endpoint = of(model, graph, name, "");
    if (!endpoint.floats(endpoint.inputs) || !endpoint.floats(endpoint.outputs)) {
      throw endpoint.unlike("one array of float32 and gives one of float32");
    }
    return endpoint;
  }

  /**
   * The one that gives gradients by its examples.
   *
   * @throws IllegalArgumentException if the model has none, or it takes something else
   */
  static Endpoint gradient(String model, MetaGraphDef graph) {
    Endpoint endpoint =
        of(
            model,
            graph,
            GRADIENT,
            ", which takes the examples and \"labels\" and gives the gradient of the summed"
                + " losses");
    Map<String, TensorInfo> others = new TreeMap<>(endpoint.inputs);
    TensorInfo labels = others.remove(LABELS);
    boolean integers =
        labels != null
            && (labels.getDtype() == DataType.DT_INT64 || labels.getDtype() == DataType.DT_INT32);
    if (!integers || !endpoint.floats(others) || !endpoint.floats(endpoint.outputs)) {
      throw endpoint.unlike(
          "one array of float32 and int32 or int64 \"labels\", and gives one of float32");
    }
    return endpoint;
  }

  private static Endpoint of(String model, MetaGraphDef graph, String name, String meaning) {
    SignatureDef found = graph.getSignatureDefMap().get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "the model %s has no signature \"%s\"%s; it has %s"
              .formatted(model, name, meaning, new TreeMap<>(graph.getSignatureDefMap()).keySet()));
    }
    return new Endpoint(model, name, found.getInputsMap(), found.getOutputsMap());
  }

  private boolean floats(Map<String, TensorInfo> arrays) {
    return arrays.size() == 1
        && arrays.values().stream().allMatch(it -> it.getDtype() == DataType.DT_FLOAT);
  }

  private IllegalArgumentException unlike(String expected) {
    return new IllegalArgumentException(
        "expected is a signature \"%s\" that takes %s; that of the model %s takes %s and gives %s"
            .formatted(name, expected, model, words(inputs), words(outputs)));
  }

  private static String words(Map<String, TensorInfo> arrays) {
    return new TreeMap<>(arrays)
        .entrySet().stream()
            .map(it -> "\"" + it.getKey() + "\" " + Shapes.words(it.getValue()))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The array of the examples. */
  TensorInfo examples() {
    return inputs.entrySet().stream()
        .filter(it -> !it.getKey().equals(LABELS) || inputs.size() == 1)
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /** The array of the labels, where the signature is that of the gradient. */
  TensorInfo labels() {
    return Objects.requireNonNull(inputs.get(LABELS));
  }

  /** The array that it gives. */
  TensorInfo output() {
    return outputs.values().iterator().next();
  }
}
