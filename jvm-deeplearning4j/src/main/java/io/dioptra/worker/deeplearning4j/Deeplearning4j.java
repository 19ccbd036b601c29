package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.TaskLibrary;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.FastGradient;
import io.dioptra.worker.jvm.model.Rows;
import io.dioptra.worker.jvm.model.Speed;
import io.dioptra.worker.jvm.score.Evaluation;
import io.dioptra.worker.jvm.score.Scores;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks on models of Deeplearning4j, and on those that Keras 1 or 2 has written as HDF5. */
public final class Deeplearning4j implements TaskLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(Deeplearning4j.class);
  private static final String MODEL = "deeplearning4j_model";
  private static final String PATH = "relative to the job's folder, or absolute";
  private static final String ARRAY = "array";
  private static final String INPUTS = "float32, the first axis that of the examples";
  private static final String BATCH = "how many examples are given to the model at a time";
  private static final String LABELS = "int32 or int64 of shape (examples,)";

  @Override
  public String name() {
    return "deeplearning4j";
  }

  @Override
  public String description() {
    return "Training, inference, evaluation and attack of Deeplearning4j and Keras 2 models on the"
        + " JVM";
  }

  @Override
  public Map<String, String> types() {
    return Map.of(MODEL, "a model of Deeplearning4j on the JVM", ARRAY, "NumPy array of numbers");
  }

  @Task(
      name = "load_model",
      description =
          "Load a zip file of Deeplearning4j, or HDF5 of Keras 1 or 2, as tf_keras'"
              + " model.save(\"model.h5\") writes it. It is used without dropout.",
      outputs = @Output(name = "model", type = MODEL))
  public static Deeplearning4jModel loadModel(
      @Input(name = "path", type = "string", description = PATH) String path) {
    Deeplearning4jModel model = new ModelFile(TaskJob.current().resolve(path)).read();
    LOG.info("Loaded {}", model);
    return model;
  }

  @Task(
      name = "save_model",
      description = "Write a model as a zip file of Deeplearning4j (a ComputationGraph).")
  public static void saveModel(
      @Input(name = "model", type = MODEL) Deeplearning4jModel model,
      @Input(name = "path", type = "string", description = PATH) String path)
      throws IOException {
    model.save(TaskJob.current().resolve(path));
  }

  @Task(
      name = "train",
      description =
          "Train a small classifier with Adam and the cross entropy. The same inputs and seed give"
              + " the same model on the same machine.",
      outputs = {
        @Output(name = "model", type = MODEL),
        @Output(name = "loss", type = "number", description = "the mean in the last epoch")
      })
  public static Trained train(
      @Input(
              name = "inputs",
              type = ARRAY,
              description =
                  "float32 of shape (examples, features) or (examples, height, width, channels)",
              elements = ElementType.FLOAT32)
          Tensor inputs,
      @Input(
              name = "labels",
              type = ARRAY,
              description = LABELS,
              elements = {ElementType.INT32, ElementType.INT64})
          Tensor labels,
      @Input(name = "classes", type = "integer", description = "how many there are") int classes,
      @Input(
              name = "layers",
              type = "string",
              description =
                  "the hidden layers, with commas between them: convolution FILTERS SIZE, pool"
                      + " SIZE, dense UNITS, dropout RATE; for example: "
                      + Architecture.EXAMPLE,
              defaultValue = "\"dense 64\"")
          String layers,
      @Input(name = "epochs", type = "integer", defaultValue = "10") int epochs,
      @Input(name = "batch_size", type = "integer", defaultValue = "32") int batch,
      @Input(name = "learning_rate", type = "number", defaultValue = "0.001") double rate,
      @Input(name = "seed", type = "integer", defaultValue = "0") long seed) {
    Training training = new Training(classes, epochs, batch, rate, seed);
    Architecture architecture = Architecture.parse(layers);
    Natives.load();
    return training.train(architecture, inputs, labels);
  }

  @Task(
      name = "predict",
      description = "Give all examples to a model, in batches.",
      outputs =
          @Output(
              name = "scores",
              type = ARRAY,
              description = "float32, what the model gives for each example"))
  public static Tensor predict(
      @Input(name = "model", type = MODEL) Deeplearning4jModel model,
      @Input(name = "inputs", type = ARRAY, description = INPUTS, elements = ElementType.FLOAT32)
          Tensor inputs,
      @Input(name = "batch_size", type = "integer", description = BATCH, defaultValue = "64")
          int batch) {
    return model.predict(inputs, batch);
  }

  @Task(
      name = "classify",
      description = "Tell the class of each example: the one with the highest score.",
      outputs = @Output(name = "labels", type = ARRAY, description = "int64 of shape (examples,)"))
  public static Tensor classify(
      @Input(name = "model", type = MODEL) Deeplearning4jModel model,
      @Input(name = "inputs", type = ARRAY, description = INPUTS, elements = ElementType.FLOAT32)
          Tensor inputs,
      @Input(name = "batch_size", type = "integer", description = BATCH, defaultValue = "64")
          int batch) {
    try (Tensor scores = model.predict(inputs, batch)) {
      return new Scores(scores).labels();
    }
  }

  @Task(
      name = "evaluate",
      description = "Compare what a classifier says with what is right.",
      outputs = {
        @Output(name = "accuracy", type = "number", description = "0 to 1"),
        @Output(
            name = "top_k_accuracy",
            type = "number",
            description = "part of the examples whose label is among the k best classes"),
        @Output(
            name = "confusion",
            type = ARRAY,
            description = "int64 of shape (classes, classes), a row for each label")
      })
  public static Evaluation evaluate(
      @Input(name = "model", type = MODEL) Deeplearning4jModel model,
      @Input(name = "inputs", type = ARRAY, description = INPUTS, elements = ElementType.FLOAT32)
          Tensor inputs,
      @Input(
              name = "labels",
              type = ARRAY,
              description = LABELS,
              elements = {ElementType.INT32, ElementType.INT64})
          Tensor labels,
      @Input(name = "k", type = "integer", description = "of top_k_accuracy", defaultValue = "5")
          int k,
      @Input(name = "batch_size", type = "integer", description = BATCH, defaultValue = "64")
          int batch) {
    try (Tensor scores = model.predict(inputs, batch)) {
      Evaluation evaluation = Evaluation.of(new Scores(scores), labels, k);
      LOG.info(
          "{}: accuracy {}, top-{} accuracy {} of {} examples",
          model,
          evaluation.accuracy(),
          k,
          evaluation.topAccuracy(),
          labels.length(0));
      return evaluation;
    }
  }

  @Task(
      name = "benchmark",
      description =
          "Measure how long a model takes for a batch, from its input in the framework's memory to"
              + " its output there.",
      outputs = {
        @Output(name = "median", type = "number", description = "milliseconds for a batch"),
        @Output(name = "percentile_90", type = "number", description = "milliseconds"),
        @Output(name = "percentile_99", type = "number", description = "milliseconds"),
        @Output(name = "throughput", type = "number", description = "examples per second")
      })
  public static Speed benchmark(
      @Input(name = "model", type = MODEL) Deeplearning4jModel model,
      @Input(
              name = "inputs",
              type = ARRAY,
              description = INPUTS + "; the first batch_size of them are used",
              elements = ElementType.FLOAT32)
          Tensor inputs,
      @Input(name = "batch_size", type = "integer", description = BATCH, defaultValue = "32")
          int batch,
      @Input(
              name = "repetitions",
              type = "integer",
              description = "how many batches are measured",
              defaultValue = "100")
          int repetitions,
      @Input(
              name = "warm_up",
              type = "integer",
              description = "how many go before and are not",
              defaultValue = "10")
          int warmUp) {
    Rows rows = Rows.of(inputs, batch).getFirst();
    return Speed.of(warmUp, repetitions, rows.count(), () -> model.time(rows));
  }

  @Task(
      name = "fast_gradient",
      description =
          "Attack a classifier with the fast gradient sign method: move each pixel by epsilon in"
              + " the direction that raises the loss: the model's own, or else the cross entropy.",
      outputs =
          @Output(
              name = "adversarial",
              type = ARRAY,
              description = "float32, of the shape of the inputs"))
  public static Tensor fastGradient(
      @Input(name = "model", type = MODEL) Deeplearning4jModel model,
      @Input(name = "inputs", type = ARRAY, description = INPUTS, elements = ElementType.FLOAT32)
          Tensor inputs,
      @Input(
              name = "labels",
              type = ARRAY,
              description = LABELS,
              elements = {ElementType.INT32, ElementType.INT64})
          Tensor labels,
      @Input(name = "epsilon", type = "number", description = "in the unit of the pixels")
          double epsilon,
      @Input(name = "minimum", type = "number", description = "of a pixel", defaultValue = "0.0")
          double minimum,
      @Input(name = "maximum", type = "number", description = "of a pixel", defaultValue = "1.0")
          double maximum,
      @Input(name = "batch_size", type = "integer", description = BATCH, defaultValue = "64")
          int batch) {
    FastGradient step = new FastGradient((float) epsilon, (float) minimum, (float) maximum);
    FastGradient.check(inputs, labels);
    Tensor adversarial = model.gradient(inputs, labels, batch);
    step.move(inputs, adversarial);
    return adversarial;
  }
}
