package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Rows;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The gradient of a model's loss by its inputs, as the model is in use. Deeplearning4j makes
 * gradients for training only, and none for the inputs of a graph: this walks a copy of the graph
 * backwards. For one thread at a time.
 */
final class InputGradient implements AutoCloseable {
  /** The least probability whose logarithm is taken; Keras has the same. */
  private static final double LEAST = 1e-7;

  private static final LayerWorkspaceMgr NOWHERE = LayerWorkspaceMgr.noWorkspaces();

  private final String name;
  private final ComputationGraph graph;

  InputGradient(String name, ComputationGraph model) {
    this.name = name;
    this.graph = model.clone();
    graph.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    graph.getConfiguration().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    for (Layer layer : graph.getLayers()) {
      layer.conf().getLayer().setIDropout(null);
    }
    graph.initGradientsView();
  }

  /**
   * Of the sum of the losses of these rows: the gradient of each is then its own.
   *
   * @throws IllegalArgumentException if the model is no classifier, or has a layer without gradient
   */
  INDArray of(INDArray input, Rows rows, Tensor labels) {
    String last = graph.getConfiguration().getNetworkOutputs().getFirst();
    INDArray scores;
    try {
      scores =
          Objects.requireNonNull(
              graph.feedForward(new INDArray[] {input}, false, false).get(last), last);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s does not take %s; Deeplearning4j says: %s"
              .formatted(name, rows.tensor(), Words.of(e)),
          e);
    }
    if (scores.rank() != 2) {
      throw new IllegalArgumentException(
          "a classifier gives scores of shape (examples, classes); %s gives an array of %d axes"
              .formatted(name, scores.rank()));
    }
    try (INDArray chosen = Values.oneHot(rows, labels, (int) scores.size(1))) {
      return backwards(graph.getVertex(last), slope(graph.getVertex(last), scores, chosen));
    }
  }

  /** Of the loss by the scores. A layer with a loss of its own takes the labels instead. */
  private static INDArray slope(GraphVertex last, INDArray scores, INDArray chosen) {
    if (last.getLayer() instanceof IOutputLayer own) {
      own.setLabels(chosen.dup());
      return chosen;
    }
    if (last.hasLayer() && activation(last) instanceof ActivationSoftmax) {
      return chosen.div(Transforms.max(scores, LEAST)).negi();
    }
    return Nd4j.nn().softmax(scores, 1).subi(chosen);
  }

  private static IActivation activation(GraphVertex vertex) {
    return switch (vertex.getLayer().conf().getLayer()) {
      case BaseLayer layer -> layer.getActivationFn();
      case ActivationLayer layer -> layer.getActivationFn();
      default -> new ActivationIdentity();
    };
  }

  private INDArray backwards(GraphVertex last, INDArray slope) {
    GraphVertex[] vertices = graph.getVertices();
    int[] order = graph.topologicalSortOrder();
    Map<Integer, INDArray> slopes = new HashMap<>(Map.of(last.getVertexIndex(), slope));
    for (int at = order.length - 1; at >= 0; at--) {
      GraphVertex vertex = vertices[order[at]];
      INDArray mine = slopes.remove(order[at]);
      if (mine == null) {
        continue;
      }
      if (vertex.isInputVertex()) {
        return mine;
      }
      INDArray[] before = before(vertex, mine);
      VertexIndices[] inputs = vertex.getInputVertices();
      for (int each = 0; each < inputs.length; each++) {
        if (before[each] == null) {
          throw new IllegalArgumentException(
              "%s has no gradient before the layer \"%s\": Deeplearning4j makes none through a %s. A layer that is frozen (trainable = False in Keras) has to be made trainable before the model is saved."
                  .formatted(
                      name,
                      vertex.getVertexName(),
                      (vertex.hasLayer() ? vertex.getLayer() : vertex).getClass().getSimpleName()));
        }
        slopes.merge(inputs[each].getVertexIndex(), before[each], INDArray::add);
      }
    }
    throw new IllegalStateException(name + " does not depend on its input");
  }

  private INDArray[] before(GraphVertex vertex, INDArray slope) {
    if (vertex.hasLayer() && vertex.getLayer().conf().getLayer() instanceof BatchNormalization) {
      return new INDArray[] {throughNormalization(vertex, slope)};
    }
    vertex.setEpsilon(slope);
    return vertex.doBackward(false, NOWHERE).getSecond();
  }

  /**
   * In use, batch norm is a straight line for each channel, whose slope two points tell; its own
   * gradient is that of training, in which the examples of a batch depend on each other.
   */
  private static INDArray throughNormalization(GraphVertex vertex, INDArray slope) {
    Layer layer = vertex.getLayer();
    INDArray zeros = Nd4j.zerosLike(slope);
    INDArray line = layer.activate(zeros.add(1), false, NOWHERE).dup();
    INDArray before = line.subi(layer.activate(zeros, false, NOWHERE)).muli(slope);
    return vertex instanceof LayerVertex reshaping && reshaping.getLayerPreProcessor() != null
        ? reshaping.getLayerPreProcessor().backprop(before, (int) before.size(0), NOWHERE)
        : before;
  }

  @Override
  public void close() {
    graph.params().close();
  }
}
