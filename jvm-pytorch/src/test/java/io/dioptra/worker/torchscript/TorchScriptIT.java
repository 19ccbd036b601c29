package io.dioptra.worker.torchscript;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
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
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models of PyTorch on the JVM. With {@code -Ppytorch} on the natives of pip's PyTorch, and with
 * models that it makes now; else on DJL's own natives, and with those beside this test.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TorchScriptIT {
  private static final double SCORE = 1e-4;

  private Path folder;
  private TaskJob job;
  private Tensor images;
  private Tensor labels;

  @BeforeAll
  void makeTheModels(@TempDir Path temporary) throws Exception {
    String python = System.getProperty("torch.python", "");
    if (python.isEmpty()) {
      folder = Path.of(Objects.requireNonNull(getClass().getResource("digits.pt")).toURI());
      folder = Objects.requireNonNull(folder.getParent());
    } else {
      Path interpreter =
          python.equals("locked")
              ? PythonEnvironment.named("pytorch-cpu").interpreter()
              : Path.of(python);
      System.setProperty(SitePackages.PYTHON, interpreter.toString());
      folder = temporary;
      make(interpreter);
    }
    job = new TaskJob(folder, Map.of());
    images = read("images");
    labels = read("labels");
  }

  private void make(Path interpreter) throws IOException, InterruptedException {
    Path script = Checkout.find().resolve("jvm-pytorch/src/test/python/make_models.py");
    Process process =
        new ProcessBuilder(interpreter.toString(), script.toString(), folder.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void scoresAreThoseOfPythonWhateverTheBatch() throws Exception {
    try (TorchScriptModel model = load("digits.pt")) {
      Tensor expected = read("scores");
      for (int batch : new int[] {1, 7, 50, 1000}) {
        assertThat(apart(TorchScript.predict(model, images, batch), expected)).isLessThan(SCORE);
      }
      assertThat(apart(images, read("images"))).as("the input is not written to").isZero();
      Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 8, 8, 1);
      assertThat(TorchScript.predict(model, none, 64).shape()).containsExactly(0, 10);
    }
  }

  @Test
  void accuraciesAreThoseOfPython() throws Exception {
    try (TorchScriptModel model = load("digits.pt")) {
      Tensor predicted = TorchScript.classify(model, images, 64);
      long right = 0;
      for (long i = 0; i < predicted.size(); i++) {
        right += element(predicted, i) == element(labels, i) ? 1 : 0;
      }
      Evaluation evaluation = TorchScript.evaluate(model, images, labels, 10, 64);
      assertThat(right).isEqualTo(42);
      assertThat(evaluation.accuracy()).isCloseTo(42 / 50.0, within(1e-6));
      assertThat(evaluation.topAccuracy()).isEqualTo(1);
      assertThat(evaluation.confusion().shape()).containsExactly(10, 10);
    }
  }

  @Test
  void theGradientIsThatOfPythonAndLowersTheAccuracy() throws Exception {
    try (TorchScriptModel model = load("digits.pt")) {
      assertThat(apart(model.gradient(images, labels, 16), read("gradient"))).isLessThan(SCORE);
      Tensor adversarial = TorchScript.fastGradient(model, images, labels, 0.1, 0, 1, 64);
      for (long pixel = 0; pixel < adversarial.size(); pixel++) {
        assertThat(adversarial.memory().getAtIndex(JAVA_FLOAT, pixel)).isBetween(0f, 1f);
      }
      assertThat(apart(adversarial, images)).isCloseTo(0.1, within(1e-6));
      assertThat(TorchScript.evaluate(model, adversarial, labels, 1, 64).accuracy())
          .isLessThan(0.5);
      // A model is in evaluation mode after that as before.
      assertThat(apart(TorchScript.predict(model, images, 64), read("scores"))).isLessThan(SCORE);
    }
  }

  @Test
  void gradientsOfTwoModelsMayBeAskedForAtATime() throws Exception {
    try (TorchScriptModel one = load("digits.pt");
        TorchScriptModel other = load("digits.pt");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Tensor expected = read("gradient");
      List<Future<Tensor>> answers = new ArrayList<>();
      for (TorchScriptModel model : List.of(one, other, one, other)) {
        answers.add(threads.submit(() -> model.gradient(images, labels, 1)));
      }
      for (Future<Tensor> answer : answers) {
        assertThat(apart(answer.get(), expected)).isLessThan(SCORE);
      }
    }
  }

  @Test
  void theSpeedIsMeasured() {
    try (TorchScriptModel model = load("digits.pt")) {
      Speed speed = TorchScript.benchmark(model, images, 10, 20, 2);
      assertThat(speed.median()).isPositive().isLessThanOrEqualTo(speed.percentile90());
      assertThat(speed.percentile90()).isLessThanOrEqualTo(speed.percentile99());
      assertThat(speed.throughput()).isPositive();
    }
  }

  @Test
  void whatDoesNotFitIsToldWithWhatIsExpectedAndWhatWasFound() {
    try (TorchScriptModel model = load("digits.pt")) {
      Tensor wide = Tensor.allocate(ElementType.FLOAT32, 3, 9, 9, 1);
      assertThatThrownBy(() -> TorchScript.predict(model, wide, 64))
          .hasMessageContaining("digits.pt does not take float32 of shape (3, 9, 9, 1)")
          .hasMessageContaining("shape '[3, 64]' is invalid for input of size 243");
      Tensor number = Tensor.allocate(ElementType.FLOAT32);
      assertThatThrownBy(() -> TorchScript.predict(model, number, 64))
          .hasMessageContaining("they are float32 of shape ()");
      assertThatThrownBy(() -> TorchScript.predict(model, images, 0))
          .hasMessage("batch_size has to be 1 or more; it is 0");
      Tensor few = Tensor.allocate(ElementType.INT64, 3);
      assertThatThrownBy(() -> TorchScript.fastGradient(model, images, few, 0.1, 0, 1, 64))
          .hasMessage(
              "inputs and labels do not fit together: float32 of shape (50, 8, 8, 1) and int64 of"
                  + " shape (3)");
    }
  }

  @Test
  void aFileThatIsNoSuchModelIsToldWithTheReason() {
    assertThatThrownBy(() -> load("none.pt"))
        .hasMessage("there is no file " + folder.resolve("none.pt"));
    assertThatThrownBy(() -> load("silent.pt"))
        .hasMessageContaining("silent.pt has no method \"forward\"; it has [encode");
    assertThatThrownBy(() -> load("weights.pt"))
        .hasMessageContaining("weights.pt is no TorchScript model, is damaged, or has an")
        .hasMessageContaining("constants.pkl");
    assertThatThrownBy(() -> job.call(() -> TorchScript.loadModel("digits.pt", "tpu")))
        .hasMessage("device has to be auto, cpu or gpu; it is \"tpu\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EMPTY    | damaged.pt is no TorchScript model, is damaged, or has an operator",
        "NOISE    | damaged.pt is no TorchScript model, is damaged, or",
        "HALF     | damaged.pt is no TorchScript model, is damaged, or",
        "SPOILT   | damaged.pt is no TorchScript model, is damaged, or",
        "OPERATOR | Unknown builtin op: aten::relux",
      })
  void aDamagedFileIsTold(Damage damage, String message, @TempDir Path other) throws Exception {
    Path file = other.resolve("damaged.pt");
    Files.write(file, damage.of(folder.resolve("digits.pt")));
    assertThatThrownBy(() -> load(file.toString())).hasMessageContaining(message);
  }

  @Test
  void inputsThatAreNoneOrNoNumbersAreToldOrGiveNothing() {
    try (TorchScriptModel model = load("digits.pt")) {
      Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 8, 8, 1);
      Tensor noLabels = Tensor.allocate(ElementType.INT64, 0);
      assertThat(TorchScript.classify(model, none, 64).shape()).containsExactly(0);
      assertThat(TorchScript.fastGradient(model, none, noLabels, 0.1, 0, 1, 64).shape())
          .containsExactly(0, 8, 8, 1);
      assertThat(model.apply(none).shape()).containsExactly(0, 10);
      assertThatThrownBy(() -> TorchScript.evaluate(model, none, noLabels, 1, 64))
          .hasMessage("there are no examples to evaluate");
      assertThatThrownBy(() -> TorchScript.benchmark(model, none, 8, 1, 0))
          .hasMessage("there are no examples to measure with");
      assertThatThrownBy(() -> TorchScript.predict(model, images, -1))
          .hasMessage("batch_size has to be 1 or more; it is -1");
      Tensor strange = Tensor.allocate(ElementType.FLOAT32, 2, 8, 8, 1);
      strange.memory().setAtIndex(JAVA_FLOAT, 64, Float.NaN);
      Tensor two = Tensor.allocate(ElementType.INT64, 2);
      assertThatThrownBy(() -> TorchScript.classify(model, strange, 64))
          .hasMessage("the score of class 0 for example 1 is NaN: nothing can be said about it");
      assertThatThrownBy(() -> TorchScript.fastGradient(model, strange, two, 0.1, 0, 1, 64))
          .hasMessageContaining("example 1 cannot be moved: its input or");
      two.memory().setAtIndex(JAVA_LONG, 1, 10);
      assertThatThrownBy(() -> TorchScript.evaluate(model, strange, two, 1, 64))
          .hasMessageContaining("the label of example 1 is 10, but the model knows the classes 0");
    }
  }

  private TorchScriptModel load(String file) {
    return job.call(() -> TorchScript.loadModel(file, "cpu"));
  }

  private Tensor read(String name) throws IOException {
    return Tensor.open(folder.resolve(name + ".npy"));
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
