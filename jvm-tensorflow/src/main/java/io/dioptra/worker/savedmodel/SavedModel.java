package io.dioptra.worker.savedmodel;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.TaskLibrary;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.FastGradient;
import io.dioptra.worker.jvm.model.Placement;
import io.dioptra.worker.jvm.model.Rows;
import io.dioptra.worker.jvm.model.Speed;
import io.dioptra.worker.jvm.score.Evaluation;
import io.dioptra.worker.jvm.score.Scores;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks on models that TensorFlow or Keras has exported as SavedModels. */
public final class SavedModel implements TaskLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(SavedModel.class);
  private static final String MODEL = "tensorflow_model";
  private static final String ARRAY = "array";
  private static final String INPUTS = "float32, the first axis that of the examples";
  private static final String BATCH = "how many examples are given to the model at a time";
  private static final String LABELS = "int32 or int64 of shape (examples,)";

  @Override
  public String name() {
    return "savedmodel";
  }

  @Override
  public String description() {
    return "Inference, evaluation and attack of TensorFlow's SavedModels on the JVM";
  }

  @Override
  public Map<String, String> types() {
    return Map.of(
        MODEL,
        "a SavedModel of TensorFlow that is loaded on the JVM",
        ARRAY,
        "NumPy array of numbers");
  }

  @Task(
      name = "load_model",
      description =
          "Load the folder of a SavedModel, as model.export(path) of Keras or"
              + " tf.saved_model.save(model, path) writes it.",
      outputs = @Output(name = "model", type = MODEL))
  public static TensorFlowModel loadModel(
      @Input(
              name = "path",
              type = "string",
              description = "relative to the job's folder, or absolute")
          String path,
      @Input(
              name = "device",
              type = "string",
              description = "auto (a GPU if there is one), cpu or gpu",
              defaultValue = "\"auto\"")
          String device,
      @Input(
              name = "signature",
              type = "string",
              description = "the one that takes examples, and gives one row for each",
              defaultValue = "\"serving_default\"")
          String signature) {
    TaskJob job = TaskJob.current();
    boolean found = Natives.devices().contains(Devices.GPU);
    Placement placement = Placement.of(device, "TensorFlow", found, job.variables());
    TensorFlowModel model = TensorFlowModel.load(job.resolve(path), signature, placement.onGpu());
    LOG.info("Loaded {} on {}", model, placement.words());
    return model;
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
      @Input(name = "model", type = MODEL) TensorFlowModel model,
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
      @Input(name = "model", type = MODEL) TensorFlowModel model,
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
      @Input(name = "model", type = MODEL) TensorFlowModel model,
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
      @Input(name = "model", type = MODEL) TensorFlowModel model,
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
              + " the direction that raises the loss, as the model's signature gradient has it.",
      outputs =
          @Output(
              name = "adversarial",
              type = ARRAY,
              description = "float32, of the shape of the inputs"))
  public static Tensor fastGradient(
      @Input(name = "model", type = MODEL) TensorFlowModel model,
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
