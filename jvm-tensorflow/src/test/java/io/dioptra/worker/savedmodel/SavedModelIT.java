package io.dioptra.worker.savedmodel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Speed;
import io.dioptra.worker.jvm.natives.SitePackages;
import io.dioptra.worker.jvm.score.Evaluation;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that pip's TensorFlow has made, on its natives, on the JVM. */
@TestInstance(Lifecycle.PER_CLASS)
class SavedModelIT {
  private static final double SCORE = 1e-4;

  private Path folder;
  private TaskJob job;
  private Tensor images;
  private Tensor labels;

  @BeforeAll
  void makeTheModels(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Path interpreter = PythonEnvironment.named("tensorflow-cpu").interpreter();
    System.setProperty(SitePackages.PYTHON, interpreter.toString());
    Path script = Checkout.find().resolve("jvm-tensorflow/src/test/python/make_models.py");
    Process process =
        new ProcessBuilder(interpreter.toString(), script.toString(), folder.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    job = new TaskJob(folder, Map.of());
    images = read("images");
    labels = read("labels");
  }

  @Test
  void scoresAreThoseOfPythonWhateverTheBatch() throws Exception {
    try (TensorFlowModel model = load("digits")) {
      Tensor expected = read("scores");
      for (int batch : new int[] {1, 7, 50, 1000}) {
        assertThat(apart(SavedModel.predict(model, images, batch), expected)).isLessThan(SCORE);
      }
      assertThat(apart(model.apply(images), expected)).isLessThan(SCORE);
      Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 8, 8, 1);
      assertThat(SavedModel.predict(model, none, 64).shape()).containsExactly(0, 10);
    }
  }

  @Test
  void accuraciesAreThoseOfPython() throws Exception {
    try (TensorFlowModel model = load("plain")) {
      Tensor predicted = SavedModel.classify(model, images, 64);
      long right = 0;
      for (long i = 0; i < predicted.size(); i++) {
        right += element(predicted, i) == element(labels, i) ? 1 : 0;
      }
      Evaluation evaluation = SavedModel.evaluate(model, images, labels, 10, 64);
      assertThat(right).isEqualTo(42);
      assertThat(evaluation.accuracy()).isCloseTo(42 / 50.0, within(1e-6));
      assertThat(evaluation.topAccuracy()).isEqualTo(1);
      assertThat(evaluation.confusion().shape()).containsExactly(10, 10);
    }
  }

  @Test
  void theGradientIsThatOfPythonAndLowersTheAccuracy() throws Exception {
    try (TensorFlowModel model = load("digits")) {
      assertThat(apart(model.gradient(images, labels, 16), read("gradient"))).isLessThan(SCORE);
      assertThat(apart(model.gradient(images, integers(), 64), read("gradient"))).isLessThan(SCORE);
      Tensor adversarial = SavedModel.fastGradient(model, images, labels, 0.1, 0, 1, 64);
      for (long pixel = 0; pixel < adversarial.size(); pixel++) {
        assertThat(adversarial.memory().getAtIndex(JAVA_FLOAT, pixel)).isBetween(0f, 1f);
      }
      assertThat(apart(adversarial, images)).isCloseTo(0.1, within(1e-6));
      assertThat(SavedModel.evaluate(model, adversarial, labels, 1, 64).accuracy()).isLessThan(0.5);
    }
  }

  @Test
  void severalThreadsMayCallOneModel() throws Exception {
    try (TensorFlowModel model = load("digits");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Tensor expected = read("scores");
      List<Future<Tensor>> answers = new ArrayList<>();
      for (int batch = 1; batch < 9; batch++) {
        int size = batch;
        answers.add(threads.submit(() -> model.predict(images, size)));
      }
      for (Future<Tensor> answer : answers) {
        assertThat(apart(answer.get(), expected)).isLessThan(SCORE);
      }
    }
  }

  @Test
  void theSpeedIsMeasured() {
    try (TensorFlowModel model = load("digits")) {
      Speed speed = SavedModel.benchmark(model, images, 10, 20, 2);
      assertThat(speed.median()).isPositive().isLessThanOrEqualTo(speed.percentile90());
      assertThat(speed.percentile90()).isLessThanOrEqualTo(speed.percentile99());
      assertThat(speed.throughput()).isPositive();
    }
  }

  @Test
  void whatDoesNotFitIsToldWithWhatIsExpectedAndWhatWasFound() {
    try (TensorFlowModel model = load("digits")) {
      Tensor wide = Tensor.allocate(ElementType.FLOAT32, 3, 9, 9, 1);
      assertThatThrownBy(() -> SavedModel.predict(model, wide, 64))
          .hasMessage(
              "the model %s takes float32 of shape (any, 8, 8, 1); it got float32 of shape (3, 9, 9, 1)"
                  .formatted(folder.resolve("digits")));
      Tensor number = Tensor.allocate(ElementType.FLOAT32);
      assertThatThrownBy(() -> model.apply(number))
          .hasMessageContaining("they are float32 of shape ()");
      assertThatThrownBy(() -> SavedModel.predict(model, images, 0))
          .hasMessage("batch_size has to be 1 or more; it is 0");
      Tensor few = Tensor.allocate(ElementType.INT64, 3);
      assertThatThrownBy(() -> SavedModel.fastGradient(model, images, few, 0.1, 0, 1, 64))
          .hasMessage(
              "inputs and labels do not fit together: float32 of shape (50, 8, 8, 1) and int64 of"
                  + " shape (3)");
      Tensor high = Tensor.allocate(ElementType.INT64, 50);
      high.memory().setAtIndex(JAVA_LONG, 3, 10);
      assertThatThrownBy(() -> SavedModel.fastGradient(model, images, high, 0.1, 0, 1, 64))
          .hasMessage("the label of example 3 is 10, but the model knows the classes 0 to 9");
      assertThatThrownBy(() -> SavedModel.benchmark(model, images, 8, 0, 0))
          .hasMessage("repetitions has to be 1 or more, warm_up 0 or more; they are 0 and 0");
    }
  }

  @Test
  void aSignatureThatDoesNotFitIsToldWithTheOnesThereAre() {
    String path = folder.resolve("text").toString();
    assertThatThrownBy(() -> load("digits", "predict"))
        .hasMessage(
            "the model %s has no signature \"predict\"; it has [__saved_model_init_op, gradient,"
                    .formatted(folder.resolve("digits"))
                + " serve, serving_default]");
    assertThatThrownBy(() -> load("text"))
        .hasMessage(
            "expected is a signature \"serving_default\" that takes one array of float32 and gives"
                + " one of float32; that of the model "
                + path
                + " takes (\"words\" string of shape (any)) and gives (\"output_0\" float32 of"
                + " shape (any))");
    assertThatThrownBy(() -> load("digits", "gradient"))
        .hasMessageContaining(
            "takes (\"images\" float32 of shape (any, 8, 8, 1), \"labels\" int64");
    Tensor points = Tensor.allocate(ElementType.FLOAT32, 3, 2);
    Tensor right = Tensor.allocate(ElementType.INT32, 3);
    try (TensorFlowModel model = load("text", "total")) {
      assertThatThrownBy(() -> model.gradient(points, right, 8))
          .hasMessageContaining(
              "expected is a signature \"gradient\" that takes one array of float32")
          .hasMessageContaining("takes (\"points\" float32 of shape (any, 2)) and gives");
      assertThatThrownBy(() -> model.predict(points, 3))
          .hasMessageContaining(
              "cannot compute its signature \"total\" for these inputs; TensorFlow")
          .hasMessageContaining("Input to reshape is a tensor with 6 values");
      Tensor even = Tensor.allocate(ElementType.FLOAT32, 4, 2);
      assertThatThrownBy(() -> model.predict(even, 4))
          .hasMessage(
              "the model gives an array of shape [] for 4 examples, but one row for each is"
                  + " expected");
    }
    try (TensorFlowModel model = load("plain")) {
      assertThatThrownBy(() -> model.gradient(images, labels, 8))
          .hasMessageContaining("has no signature \"gradient\", which takes the examples and");
    }
  }

  @Test
  void aFolderThatIsNoSuchModelIsToldWithTheReason() {
    assertThatThrownBy(() -> load("none"))
        .hasMessage("there is no folder " + folder.resolve("none"));
    assertThatThrownBy(() -> load("model.keras"))
        .hasMessageContaining("model.keras is a file. Expected is a folder as model.export(…)");
    assertThatThrownBy(() -> load("empty"))
        .hasMessageContaining("there is no saved_model.pb in " + folder.resolve("empty"));
    assertThatThrownBy(() -> load("half_graph"))
        .hasMessageContaining("half_graph is no SavedModel, is damaged, or has an op")
        .hasMessageContaining("TensorFlow says: Read less bytes than requested");
    assertThatThrownBy(() -> load("half_weights"))
        .hasMessageContaining("half_weights is no SavedModel, is damaged, or has an");
    assertThatThrownBy(() -> load("no_weights"))
        .hasMessageContaining("is damaged: there is no file")
        .hasMessageContaining("no_weights/variables/variables.index with its weights");
    assertThatThrownBy(() -> job.call(() -> SavedModel.loadModel("digits", "tpu", "serve")))
        .hasMessage("device has to be auto, cpu or gpu; it is \"tpu\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty_graph   | is no SavedModel, is damaged, or has an operator",
        "noise_graph   | is no SavedModel, is damaged, or has an operator",
        "noise_weights | is no SavedModel, is damaged, or has an operator",
        "operator      | TensorFlow says: Op type not registered 'Relx'",
      })
  void aDamagedModelIsTold(String name, String message) {
    assertThatThrownBy(() -> load(name)).hasMessageContaining(message);
  }

  @Test
  void inputsThatAreNoneOrNoNumbersAreToldOrGiveNothing() {
    try (TensorFlowModel model = load("digits")) {
      Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 8, 8, 1);
      Tensor noLabels = Tensor.allocate(ElementType.INT64, 0);
      assertThat(SavedModel.classify(model, none, 64).shape()).containsExactly(0);
      assertThat(SavedModel.fastGradient(model, none, noLabels, 0.1, 0, 1, 64).shape())
          .containsExactly(0, 8, 8, 1);
      assertThat(model.apply(none).shape()).containsExactly(0, 10);
      assertThatThrownBy(() -> SavedModel.evaluate(model, none, noLabels, 1, 64))
          .hasMessage("there are no examples to evaluate");
      assertThatThrownBy(() -> SavedModel.benchmark(model, none, 8, 1, 0))
          .hasMessage("there are no examples to measure with");
      assertThatThrownBy(() -> SavedModel.predict(model, images, -1))
          .hasMessage("batch_size has to be 1 or more; it is -1");
      Tensor strange = Tensor.allocate(ElementType.FLOAT32, 2, 8, 8, 1);
      strange.memory().fill((byte) -1);
      Tensor two = Tensor.allocate(ElementType.INT64, 2);
      assertThatThrownBy(() -> SavedModel.fastGradient(model, strange, two, 0.1, 0, 1, 64))
          .hasMessageContaining("example 0 cannot be moved: its input or");
    }
  }

  @Test
  void nativesAreThoseOfPythonAlone() throws Exception {
    try (TensorFlowModel _ = load("digits")) {
      assertThat(
              Files.readAllLines(Path.of("/proc/self/maps")).stream()
                  .filter(it -> it.contains("libtensorflow_"))
                  .map(it -> it.substring(it.indexOf('/')))
                  .distinct())
          .hasSize(2)
          .allMatch(it -> it.contains("/site-packages/tensorflow/libtensorflow_"));
    }
  }

  private TensorFlowModel load(String path) {
    return load(path, "serving_default");
  }

  private TensorFlowModel load(String path, String signature) {
    return job.call(() -> SavedModel.loadModel(path, "cpu", signature));
  }

  private Tensor read(String name) throws IOException {
    return Tensor.open(folder.resolve(name + ".npy"));
  }

  /** The labels as int32. */
  private Tensor integers() {
    Tensor integers = Tensor.allocate(ElementType.INT32, labels.size());
    for (long i = 0; i < labels.size(); i++) {
      integers.memory().setAtIndex(JAVA_INT, i, Math.toIntExact(element(labels, i)));
    }
    return integers;
  }

  private static long element(Tensor integers, long index) {
    return integers.memory().getAtIndex(JAVA_LONG, index);
  }

  /** The largest difference between elements. */
  private static double apart(Tensor first, Tensor second) {
    assertThat(first.shape()).isEqualTo(second.shape());
    double largest = 0;
    for (long i = 0; i < first.size(); i++) {
      float one = first.memory().getAtIndex(JAVA_FLOAT, i);
      float other = second.memory().getAtIndex(JAVA_FLOAT, i);
      largest = Math.max(largest, Math.abs(one - other));
    }
    return largest;
  }
}
