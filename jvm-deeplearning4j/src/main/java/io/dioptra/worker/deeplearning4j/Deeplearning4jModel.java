package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.BatchFunction;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Gathered;
import io.dioptra.worker.jvm.model.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model that is loaded or was trained, for use: no dropout, also while gradients are made. One
 * call at a time, by any thread.
 */
public final class Deeplearning4jModel implements BatchFunction, AutoCloseable {
  private final String name;
  private final ComputationGraph graph;
  private final InputShape shape;
  private final Scrap scrap = new Scrap();
  private @Nullable InputGradient gradient;

  /**
   * @param name for messages
   * @throws IllegalArgumentException if it has more than one input or output
   */
  Deeplearning4jModel(String name, ComputationGraph graph, InputShape shape) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    if (configuration.getNetworkInputs().size() != 1
        || configuration.getNetworkOutputs().size() != 1) {
      throw new IllegalArgumentException(
          "%s has the inputs %s and the outputs %s; one of each is expected"
              .formatted(
                  name, configuration.getNetworkInputs(), configuration.getNetworkOutputs()));
    }
    // Without workspaces, what comes between the layers is freed when Java's heap happens to be
    // collected, which knows nothing of its size.
    configuration.setInferenceWorkspaceMode(WorkspaceMode.ENABLED);
    this.name = name;
    this.graph = graph;
    this.shape = shape;
  }

  /** What the model makes of all inputs: float32, its first axis that of the inputs. */
  synchronized Tensor predict(Tensor inputs, int batch) {
    Gathered all = new Gathered(inputs);
    for (Rows rows : batches(inputs, batch)) {
      try (INDArray input = Values.copied(rows);
          INDArray output = forward(input, inputs)) {
        Values.put(output, rows, all);
      }
    }
    return all.tensor();
  }

  @Override
  public Tensor apply(Tensor batch) {
    return predict(batch, Math.toIntExact(Math.max(1, batch.rank() == 0 ? 1 : batch.length(0))));
  }

  /** How long the model takes for these rows, from its input in its own memory on. */
  synchronized Duration time(Rows rows) {
    shape.check(rows.tensor(), name);
    try (INDArray input = Values.copied(rows)) {
      long start = System.nanoTime();
      forward(input, rows.tensor()).close();
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** The gradient of the sum of all examples' losses by the inputs, of the inputs' shape. */
  synchronized Tensor gradient(Tensor inputs, Tensor labels, int batch) {
    if (gradient == null) {
      gradient = new InputGradient(name, graph);
    }
    Gathered all = new Gathered(inputs);
    for (Rows rows : batches(inputs, batch)) {
      try (INDArray input = Values.copied(rows);
          INDArray slopes = gradient.of(input, rows, labels)) {
        Values.put(slopes, rows, all);
      }
      scrap.collect();
    }
    return all.tensor();
  }

  private Iterable<Rows> batches(Tensor inputs, int batch) {
    Iterable<Rows> batches = Rows.of(inputs, batch);
    shape.check(inputs, name);
    return batches;
  }

  private INDArray forward(INDArray input, Tensor inputs) {
    try {
      return graph.output(false, input)[0];
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s does not take %s; Deeplearning4j says: %s".formatted(name, inputs, Words.of(e)), e);
    }
  }

  /** Writes a zip file of Deeplearning4j's, with the shape of the inputs. */
  synchronized void save(Path file) throws IOException {
    ModelZip.write(graph, shape, file);
  }

  @Override
  public synchronized void close() {
    if (gradient != null) {
      gradient.close();
    }
    graph.params().close();
  }

  @Override
  public String toString() {
    return "%s of %d parameters for inputs of shape %s"
        .formatted(name, graph.numParams(), shape.equals(InputShape.UNKNOWN) ? "unknown" : shape);
  }
}
