package io.dioptra.worker.savedmodel;

import io.dioptra.worker.jvm.BatchFunction;
import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Gathered;
import io.dioptra.worker.jvm.model.Rows;
import io.dioptra.worker.jvm.score.Evaluation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** A SavedModel that is loaded. Any thread may call it, several at a time. */
public final class TensorFlowModel implements BatchFunction, AutoCloseable {
  private static final String EXPECTED =
      "Expected is a folder as model.export(…) of Keras or tf.saved_model.save(…) writes it";

  private final Path folder;
  private final SavedModelBundle bundle;
  private final Endpoint scores;

  private TensorFlowModel(Path folder, SavedModelBundle bundle, Endpoint scores) {
    this.folder = folder;
    this.bundle = bundle;
    this.scores = scores;
  }

  /**
   * Loads a folder.
   *
   * @param signature the one that gives scores
   * @throws IllegalArgumentException if it is no such model, with what was found
   */
  static TensorFlowModel load(Path folder, String signature, boolean gpu) {
    check(folder);
    SavedModelBundle bundle;
    try {
      bundle =
          SavedModelBundle.loader(folder.toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(Devices.config(gpu))
              .load();
    } catch (TensorFlowException | TFInvalidArgumentException | TFUnimplementedException e) {
      throw new IllegalArgumentException(
          "%s is no SavedModel, is damaged, or has an operator that is not known here. %s; TensorFlow says: %s"
              .formatted(folder, EXPECTED, firstLine(e)),
          e);
    }
    try {
      checkVariables(folder, bundle);
      Endpoint scores = Endpoint.scores(folder.toString(), bundle.metaGraphDef(), signature);
      return new TensorFlowModel(folder, bundle, scores);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private static void check(Path folder) {
    if (!Files.exists(folder)) {
      throw new IllegalArgumentException("there is no folder " + folder);
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("%s is a file. %s".formatted(folder, EXPECTED));
    }
    if (!Files.exists(folder.resolve("saved_model.pb"))) {
      throw new IllegalArgumentException(
          "there is no saved_model.pb in %s. %s".formatted(folder, EXPECTED));
    }
  }

  /** TensorFlow loads a model whose weights are missing, and complains when it is called. */
  private static void checkVariables(Path folder, SavedModelBundle bundle) {
    Path index = folder.resolve("variables/variables.index");
    boolean expected = !bundle.metaGraphDef().getSaverDef().getRestoreOpName().isEmpty();
    if (expected && !Files.exists(index)) {
      throw new IllegalArgumentException(
          "the SavedModel is damaged: there is no file %s with its weights".formatted(index));
    }
  }

  /** What the model makes of all inputs: float32, its first axis that of the inputs. */
  Tensor predict(Tensor inputs, int batch) {
    Gathered result = new Gathered(inputs);
    for (Rows rows : Rows.of(inputs, batch)) {
      try (TFloat32 examples = copied(rows, scores);
          Result output = run(scores, Map.of(scores.examples(), examples))) {
        put(output, rows, result);
      }
    }
    return result.tensor();
  }

  @Override
  public Tensor apply(Tensor batch) {
    return predict(batch, Math.toIntExact(Math.max(1, batch.rank() == 0 ? 1 : batch.length(0))));
  }

  /** How long the model takes for these rows, from its input in TensorFlow's memory on. */
  Duration time(Rows rows) {
    try (TFloat32 examples = copied(rows, scores)) {
      long start = System.nanoTime();
      try (Result _ = run(scores, Map.of(scores.examples(), examples))) {
        return Duration.ofNanos(System.nanoTime() - start);
      }
    }
  }

  /** The gradient of the sum of all examples' losses by the inputs, of the inputs' shape. */
  Tensor gradient(Tensor inputs, Tensor labels, int batch) {
    Endpoint gradient = Endpoint.gradient(folder.toString(), bundle.metaGraphDef());
    if (inputs.length(0) == 0) {
      // The gradients of some layers do not take an empty batch.
      return Tensor.allocate(ElementType.FLOAT32, inputs.shape());
    }
    Gathered result = new Gathered(inputs);
    for (Rows rows : Rows.of(inputs, batch)) {
      try (TFloat32 examples = copied(rows, gradient);
          TType right = labels(labels, rows, gradient.labels().getDtype());
          Result output =
              run(gradient, Map.of(gradient.examples(), examples, gradient.labels(), right))) {
        put(output, rows, result);
      }
    }
    return result.tensor();
  }

  private Result run(Endpoint endpoint, Map<TensorInfo, TType> arrays) {
    Session.Runner runner = bundle.session().runner();
    arrays.forEach((info, array) -> runner.feed(info.getName(), array));
    try {
      return runner.fetch(endpoint.output().getName()).run();
    } catch (TensorFlowException | TFInvalidArgumentException | TFUnimplementedException e) {
      throw new IllegalArgumentException(
          "the model %s cannot compute its signature \"%s\" for these inputs; TensorFlow says: %s"
              .formatted(folder, endpoint.name(), firstLine(e)),
          e);
    }
  }

  private TFloat32 copied(Rows rows, Endpoint endpoint) {
    if (!Shapes.fits(endpoint.examples(), rows.shape())) {
      throw new IllegalArgumentException(
          "the model %s takes %s; it got %s"
              .formatted(folder, Shapes.words(endpoint.examples()), rows.tensor()));
    }
    ByteBuffer memory = rows.memory().asByteBuffer().order(ByteOrder.nativeOrder());
    return TFloat32.tensorOf(Shape.of(rows.shape()), DataBuffers.of(memory.asFloatBuffer()));
  }

  private TType labels(Tensor labels, Rows rows, DataType type) {
    long[] chosen =
        LongStream.range(rows.first(), rows.first() + rows.count())
            .map(it -> Evaluation.label(labels, it, classes()))
            .toArray();
    return type == DataType.DT_INT64
        ? TInt64.vectorOf(chosen)
        : TInt32.vectorOf(LongStream.of(chosen).mapToInt(Math::toIntExact).toArray());
  }

  /** How many there are, where the signature says so. */
  private int classes() {
    TensorShapeProto shape = scores.output().getTensorShape();
    long last = shape.getDimCount() == 2 ? shape.getDim(1).getSize() : -1;
    return last < 0 ? Integer.MAX_VALUE : Math.toIntExact(last);
  }

  private static void put(Result output, Rows rows, Gathered result) {
    TFloat32 values = (TFloat32) output.get(0);
    // Not a direct buffer: of these the JVM allows only as much as its heap.
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(values.numBytes());
      FloatBuffer floats = memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
      values.asRawTensor().data().asFloats().copyTo(DataBuffers.of(floats), values.size());
      result.put(rows, values.shape().asArray(), memory);
    }
  }

  /** The first line says what is wrong, the others where in the graph. */
  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().filter(it -> !it.isBlank()).findFirst().orElse(message).strip();
  }

  @Override
  public void close() {
    bundle.close();
  }

  @Override
  public String toString() {
    return "SavedModel " + folder.getFileName();
  }
}
