package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.FastGradient;
import io.dioptra.worker.jvm.model.Rows;
import io.dioptra.worker.jvm.score.Evaluation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a classifier is trained: Adam, cross entropy, the examples in another order in each epoch.
 *
 * @param rate of learning
 */
record Training(int classes, int epochs, int batch, double rate, long seed) {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  Training {
    if (classes < 2 || epochs < 1 || batch < 1 || !(rate > 0)) {
      throw new IllegalArgumentException(
          "classes has to be 2 or more, epochs and batch_size 1 or more, learning_rate more than 0; they are %d, %d, %d and %s"
              .formatted(classes, epochs, batch, rate));
    }
  }

  /**
   * Trains a network.
   *
   * @throws IllegalArgumentException if inputs, labels and layers do not fit together
   */
  Trained train(Architecture architecture, Tensor inputs, Tensor labels) {
    FastGradient.check(inputs, labels);
    if (inputs.length(0) == 0) {
      throw new IllegalArgumentException("there are no examples to train with");
    }
    InputShape shape = InputShape.of(inputs);
    MultiLayerNetwork network = architecture.network(shape, classes, rate, seed);
    List<Integer> order = new ArrayList<>();
    for (int example = 0; example < inputs.length(0); example++) {
      order.add(example);
    }
    Random random = new Random(seed);
    double loss = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Collections.shuffle(order, random);
      loss = epoch(network, order, inputs, labels);
      LOG.info("Epoch {} of {}: loss {}", epoch, epochs, loss);
      if (!Double.isFinite(loss)) {
        throw new IllegalArgumentException(
            "the loss is %s in epoch %d: the inputs hold what is no number, or learning_rate %s is too large"
                .formatted(loss, epoch, rate));
      }
    }
    // They are larger than those of use, and belong to this thread.
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    return new Trained(
        new Deeplearning4jModel("the trained model", network.toComputationGraph(), shape), loss);
  }

  private double epoch(
      MultiLayerNetwork network, List<Integer> order, Tensor inputs, Tensor labels) {
    double sum = 0;
    for (int first = 0; first < order.size(); first += batch) {
      List<Integer> chosen = order.subList(first, Math.min(order.size(), first + batch));
      try (INDArray examples = examples(chosen, inputs);
          INDArray classes = classes(chosen, labels)) {
        network.fit(examples, classes);
        sum += network.score() * chosen.size();
      }
    }
    return sum / order.size();
  }

  private static INDArray examples(List<Integer> chosen, Tensor inputs) {
    long[] shape = inputs.shape();
    shape[0] = chosen.size();
    INDArray examples = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    MemorySegment memory = Values.memory(examples);
    long at = 0;
    for (int example : chosen) {
      MemorySegment row = new Rows(inputs, example, 1).memory();
      memory.asSlice(at, row.byteSize()).copyFrom(row);
      at += row.byteSize();
    }
    return examples;
  }

  private INDArray classes(List<Integer> chosen, Tensor labels) {
    INDArray right = Nd4j.zeros(DataType.FLOAT, chosen.size(), classes);
    for (int row = 0; row < chosen.size(); row++) {
      right.putScalar(row, Evaluation.label(labels, chosen.get(row), classes), 1);
    }
    return right;
  }
}
