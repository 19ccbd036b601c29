package io.dioptra.worker.deeplearning4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The hidden layers of a small classifier, in words: {@value #EXAMPLE}. */
record Architecture(List<Part> parts) {
  static final String EXAMPLE = "convolution 8 3, pool 2, dropout 0.2, dense 32";

  Architecture {
    parts = List.copyOf(parts);
  }

  /** A hidden layer. */
  sealed interface Part {
    Layer layer();
  }

  private record Convolution(int filters, int size) implements Part {
    @Override
    public Layer layer() {
      return new ConvolutionLayer.Builder(size, size)
          .nOut(filters)
          .activation(Activation.RELU)
          .dataFormat(CNN2DFormat.NHWC)
          .build();
    }
  }

  private record Pool(int size) implements Part {
    @Override
    public Layer layer() {
      return new SubsamplingLayer.Builder(PoolingType.MAX)
          .kernelSize(size, size)
          .stride(size, size)
          .dataFormat(CNN2DFormat.NHWC)
          .build();
    }
  }

  private record Dense(int units) implements Part {
    @Override
    public Layer layer() {
      return new DenseLayer.Builder().nOut(units).activation(Activation.RELU).build();
    }
  }

  /**
   * @param rate the part of the values that is left out
   */
  private record Dropout(double rate) implements Part {
    @Override
    public Layer layer() {
      return new DropoutLayer(1 - rate);
    }
  }

  /**
   * Reads the words.
   *
   * @throws IllegalArgumentException with the words that are not understood, and those that are
   */
  static Architecture parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String words : text.isBlank() ? new String[0] : text.split(",", -1)) {
      parts.add(part(words.strip()));
    }
    return new Architecture(parts);
  }

  private static Part part(String text) {
    String[] words = text.split("\\s+", -1);
    try {
      return switch (words[0] + " " + (words.length - 1)) {
        case "convolution 2" -> new Convolution(positive(words[1]), positive(words[2]));
        case "pool 1" -> new Pool(positive(words[1]));
        case "dense 1" -> new Dense(positive(words[1]));
        case "dropout 1" -> new Dropout(part(Double.parseDouble(words[1])));
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no layer. Expected are, with commas between them: convolution FILTERS SIZE, pool SIZE, dense UNITS, dropout RATE; for example \"%s\""
              .formatted(text, EXAMPLE),
          e);
    }
  }

  private static int positive(String word) {
    int number = Integer.parseInt(word);
    if (number < 1) {
      throw new NumberFormatException();
    }
    return number;
  }

  private static double part(double number) {
    if (!(number >= 0 && number < 1)) {
      throw new NumberFormatException();
    }
    return number;
  }

  /**
   * All of the network: with a softmax for the classes, and the cross entropy as its loss.
   *
   * @throws IllegalArgumentException if the layers do not fit the inputs
   */
  MultiLayerNetwork network(InputShape inputs, int classes, double rate, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .updater(new Adam(rate))
            .list();
    parts.forEach(it -> layers.layer(it.layer()));
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .build());
    try {
      MultiLayerConfiguration configuration = layers.setInputType(type(inputs)).build();
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init();
      return network;
    } catch (IllegalStateException | DL4JException e) {
      throw new IllegalArgumentException(
          "the layers do not fit inputs of shape %s; Deeplearning4j says: %s"
              .formatted(inputs, Words.of(e)),
          e);
    }
  }

  private InputType type(InputShape inputs) {
    List<Long> lengths = inputs.lengths();
    boolean images = parts.stream().anyMatch(it -> it instanceof Convolution || it instanceof Pool);
    if (lengths.size() == 3) {
      return InputType.convolutional(
          lengths.get(0), lengths.get(1), lengths.get(2), CNN2DFormat.NHWC);
    }
    if (lengths.size() != 1 || images) {
      throw new IllegalArgumentException(
          "inputs have to be of shape (examples, height, width, channels)%s; they are of shape %s"
              .formatted(images ? " for these layers" : " or (examples, features)", inputs));
    }
    return InputType.feedForward(lengths.getFirst());
  }
}
