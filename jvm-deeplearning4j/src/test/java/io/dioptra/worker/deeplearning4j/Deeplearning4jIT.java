package io.dioptra.worker.deeplearning4j;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Speed;
import io.dioptra.worker.jvm.score.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of Keras 2 and of its own, on Deeplearning4j's natives. */
@TestInstance(Lifecycle.PER_CLASS)
class Deeplearning4jIT {
  private static final double SCORE = 1e-4;
  private static final String LAYERS = "convolution 4 3, pool 2, dropout 0.1, dense 16";

  private Path folder;
  private Path written;
  private Tensor images;
  private Tensor labels;

  @BeforeAll
  void findTheModels(@TempDir Path temporary) throws Exception {
    Path model = Path.of(Objects.requireNonNull(getClass().getResource("sequential.h5")).toURI());
    folder = Objects.requireNonNull(model.getParent());
    written = temporary;
    images = read("images");
    labels = read("labels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "functional"})
  void scoresAreThoseOfKerasWhateverTheBatch(String name) throws Exception {
    try (Deeplearning4jModel model = load(name + ".h5")) {
      Tensor expected = read(name + "_scores");
      for (int batch : new int[] {1, 7, 50, 1000}) {
        assertThat(apart(Deeplearning4j.predict(model, images, batch), expected)).isLessThan(SCORE);
      }
      assertThat(apart(model.apply(images), expected)).isLessThan(SCORE);
      assertThat(apart(images, read("images"))).as("the input is not written to").isZero();
      Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 8, 8, 1);
      assertThat(Deeplearning4j.predict(model, none, 64).shape()).containsExactly(0, 10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "functional"})
  void gradientsAreThoseOfKerasWhateverTheBatch(String name) throws Exception {
    try (Deeplearning4jModel model = load(name + ".h5")) {
      Tensor expected = read(name + "_gradient");
      for (int batch : new int[] {1, 16, 50}) {
        assertThat(apart(model.gradient(images, labels, batch), expected)).isLessThan(SCORE);
      }
      Tensor scores = read(name + "_scores");
      assertThat(apart(model.apply(images), scores)).as("is as before").isLessThan(SCORE);
    }
  }

  @Test
  void accuraciesAreThoseOfKerasAndAnAttackLowersThem() {
    try (Deeplearning4jModel model = load("sequential.h5")) {
      Evaluation evaluation = Deeplearning4j.evaluate(model, images, labels, 10, 64);
      assertThat(evaluation.accuracy()).isCloseTo(42 / 50.0, within(1e-6));
      assertThat(evaluation.topAccuracy()).isEqualTo(1);
      assertThat(matches(Deeplearning4j.classify(model, images, 64), labels)).isEqualTo(42);
      Tensor adversarial = Deeplearning4j.fastGradient(model, images, labels, 0.1, 0, 1, 64);
      assertThat(apart(adversarial, images)).isCloseTo(0.1, within(1e-6));
      assertThat(Deeplearning4j.evaluate(model, adversarial, labels, 1, 64).accuracy())
          .isLessThan(0.75);
    }
  }

  @Test
  void aNetworkLearnsAndIsTheSameForTheSameSeed() throws Exception {
    Tensor squares = squares(200);
    Tensor places = places(200);
    Trained first = train(squares, places, 7);
    try (Deeplearning4jModel model = first.model()) {
      assertThat(first.loss()).isLessThan(0.7);
      assertThat(Deeplearning4j.evaluate(model, squares, places, 1, 64).accuracy())
          .isGreaterThan(0.95);
      Tensor scores = model.apply(squares);
      assertThat(apart(train(squares, places, 7).model().apply(squares), scores)).isLessThan(1e-5);
      assertThat(apart(train(squares, places, 8).model().apply(squares), scores))
          .isGreaterThan(1e-3);
      Tensor adversarial = Deeplearning4j.fastGradient(model, squares, places, 0.4, 0, 1, 50);
      assertThat(Deeplearning4j.evaluate(model, adversarial, places, 1, 64).accuracy())
          .isLessThan(0.6);
    }
  }

  @Test
  void theGradientOfATrainedModelIsThatOfItsLoss() {
    Tensor squares = squares(8);
    Tensor places = places(8);
    try (Deeplearning4jModel model = train(squares(64), places(64), 7).model()) {
      Tensor gradient = model.gradient(squares, places, 3);
      Tensor moved = squares(8);
      float step = 0.01f;
      double slope = 0;
      for (long pixel = 0; pixel < moved.size(); pixel++) {
        float each = gradient.memory().getAtIndex(JAVA_FLOAT, pixel);
        slope += each * each;
        moved
            .memory()
            .setAtIndex(
                JAVA_FLOAT, pixel, moved.memory().getAtIndex(JAVA_FLOAT, pixel) + step * each);
      }
      double difference = loss(model.apply(moved), places) - loss(model.apply(squares), places);
      assertThat(difference / step).isCloseTo(slope, within(0.05 * slope));
    }
  }

  @Test
  void aModelIsTheSameAfterItWasWrittenAndRead() throws Exception {
    try (Deeplearning4jModel keras = load("functional.h5");
        Deeplearning4jModel own = train(squares(50), places(50), 1).model()) {
      for (Deeplearning4jModel model : new Deeplearning4jModel[] {keras, own}) {
        Path file = written.resolve("model.zip");
        in(folder).call(() -> save(model, file));
        try (Deeplearning4jModel again = load(file.toString())) {
          assertThat(apart(again.apply(images), model.apply(images))).isLessThan(1e-6);
          assertThat(
                  apart(again.gradient(images, labels(4), 9), model.gradient(images, labels(4), 9)))
              .isLessThan(1e-6);
          Tensor wide = Tensor.allocate(ElementType.FLOAT32, 3, 9, 9, 1);
          assertThatThrownBy(() -> again.apply(wide))
              .hasMessage(
                  "the model model.zip takes float32 of shape (examples, 8, 8, 1); the inputs are"
                      + " float32 of shape (3, 9, 9, 1)");
        }
      }
      try (var files = Files.list(written)) {
        assertThat(files).noneMatch(it -> it.toString().endsWith(".part"));
      }
    }
  }

  @Test
  void unpackedLibrariesTakeNoRoomOnceTheyAreLoaded() throws Exception {
    Natives.load();
    Path folder = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
    try (var files = Files.walk(folder)) {
      Path library = files.filter(it -> it.endsWith("libnd4jcpu.so")).findFirst().orElseThrow();
      try (var content = Files.newInputStream(library)) {
        assertThat(content.readNBytes(4)).containsOnly(0);
      }
    }
  }

  /** What comes between the layers takes 8 MB for each batch, and 16 in training. */
  @Test
  void memoryDoesNotGrowWithTheNumberOfBatches() {
    Tensor large = Tensor.allocate(ElementType.FLOAT32, 64, 48, 48, 1);
    String layers = "convolution 16 5, pool 4, dense 4";
    try (Deeplearning4jModel model =
        Deeplearning4j.train(large, places(64), 4, layers, 1, 64, 0.01, 1).model()) {
      model.apply(large).close();
      long before = Pointer.physicalBytes();
      for (int batch = 0; batch < 60; batch++) {
        model.apply(large).close();
      }
      assertThat(Pointer.physicalBytes() - before).as("predict").isLessThan(200L << 20);
    }
  }

  @Test
  void theSpeedIsMeasured() {
    try (Deeplearning4jModel model = load("sequential.h5")) {
      Speed speed = Deeplearning4j.benchmark(model, images, 10, 20, 2);
      assertThat(speed.median()).isPositive().isLessThanOrEqualTo(speed.percentile90());
      assertThat(speed.throughput()).isPositive();
    }
  }

  @Test
  void whatDoesNotFitIsToldWithWhatIsExpectedAndWhatWasFound() {
    try (Deeplearning4jModel model = load("sequential.h5")) {
      Tensor wide = Tensor.allocate(ElementType.FLOAT32, 3, 9, 9, 1);
      assertThatThrownBy(() -> Deeplearning4j.predict(model, wide, 64))
          .hasMessage(
              "the Keras model sequential.h5 takes float32 of shape (examples, 8, 8, 1); the inputs"
                  + " are float32 of shape (3, 9, 9, 1)");
      Tensor few = Tensor.allocate(ElementType.INT64, 3);
      assertThatThrownBy(() -> Deeplearning4j.fastGradient(model, images, few, 0.1, 0, 1, 64))
          .hasMessageContaining("inputs and labels do not fit together");
      assertThatThrownBy(() -> model.gradient(images, places(50, 99), 64))
          .hasMessage("the label of example 0 is 99, but the model knows the classes 0 to 9");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "convolve 3 | \"convolve 3\" is no layer. Expected are, with commas between them: conv",
        "dense 0 | \"dense 0\" is no layer",
        "dense 3,  | \"\" is no layer",
        "dropout 1 | \"dropout 1\" is no layer",
        "convolution 4 9 | the layers do not fit inputs of shape (examples, 8, 8, 1); Deep",
      })
  void layersThatAreNoneOrDoNotFitAreTold(String layers, String message) {
    assertThatThrownBy(() -> Deeplearning4j.train(squares(8), places(8), 4, layers, 1, 4, 0.01, 1))
        .hasMessageContaining(message);
  }

  @Test
  void trainingThatCannotGoWellIsTold() {
    Tensor rows = Tensor.allocate(ElementType.FLOAT32, 8, 64);
    assertThatThrownBy(() -> Deeplearning4j.train(rows, places(8), 4, LAYERS, 1, 4, 0.01, 1))
        .hasMessage(
            "inputs have to be of shape (examples, height, width, channels) for these layers; they"
                + " are of shape (examples, 64)");
    assertThatThrownBy(() -> Deeplearning4j.train(squares(8), places(8), 1, "", 1, 4, 0.01, 1))
        .hasMessageContaining("classes has to be 2 or more");
    rows.memory().setAtIndex(JAVA_FLOAT, 3, Float.NaN);
    assertThatThrownBy(() -> Deeplearning4j.train(rows, places(8), 4, "", 1, 4, 0.01, 1))
        .hasMessageContaining("the loss is NaN in epoch 1");
  }

  @Test
  void inputsThatAreNoneOrNoNumbersAreToldOrGiveNothing() {
    try (Deeplearning4jModel model = load("functional.h5")) {
      Tensor none = Tensor.allocate(ElementType.FLOAT32, 0, 8, 8, 1);
      Tensor noLabels = Tensor.allocate(ElementType.INT64, 0);
      assertThat(Deeplearning4j.classify(model, none, 64).shape()).containsExactly(0);
      assertThat(Deeplearning4j.fastGradient(model, none, noLabels, 0.1, 0, 1, 64).shape())
          .containsExactly(0, 8, 8, 1);
      assertThat(model.apply(none).shape()).containsExactly(0, 10);
      assertThatThrownBy(() -> Deeplearning4j.evaluate(model, none, noLabels, 1, 64))
          .hasMessage("there are no examples to evaluate");
      assertThatThrownBy(() -> Deeplearning4j.benchmark(model, none, 8, 1, 0))
          .hasMessage("there are no examples to measure with");
      assertThatThrownBy(() -> Deeplearning4j.predict(model, images, -1))
          .hasMessage("batch_size has to be 1 or more; it is -1");
      Tensor strange = Tensor.allocate(ElementType.FLOAT32, 2, 8, 8, 1);
      strange.memory().fill((byte) -1);
      Tensor two = Tensor.allocate(ElementType.INT64, 2);
      assertThatThrownBy(() -> Deeplearning4j.fastGradient(model, strange, two, 0.1, 0, 1, 64))
          .hasMessageContaining("example 0 cannot be moved: its input or");
    }
  }

  private Deeplearning4jModel load(String file) {
    return in(folder).call(() -> Deeplearning4j.loadModel(file));
  }

  private static boolean save(Deeplearning4jModel model, Path file) throws IOException {
    Deeplearning4j.saveModel(model, file.toString());
    return Files.exists(file);
  }

  private static TaskJob in(Path folder) {
    return new TaskJob(folder, Map.of());
  }

  private Tensor read(String name) throws IOException {
    return Tensor.open(folder.resolve(name + ".npy"));
  }

  private static Trained train(Tensor inputs, Tensor labels, long seed) {
    return Deeplearning4j.train(inputs, labels, 4, LAYERS, 4, 16, 0.01, seed);
  }

  /** Dim noise with a bright square in one of four corners. */
  private static Tensor squares(int count) {
    Tensor images = Tensor.allocate(ElementType.FLOAT32, count, 8, 8, 1);
    Random random = new Random(5);
    for (int pixel = 0; pixel < images.size(); pixel++) {
      int corner = pixel / 64 % 4;
      boolean bright = pixel / 32 % 2 == corner / 2 && pixel / 4 % 2 == corner % 2;
      images
          .memory()
          .setAtIndex(JAVA_FLOAT, pixel, (bright ? 0.5f : 0f) + 0.3f * random.nextFloat());
    }
    return images;
  }

  private static Tensor places(int count) {
    Tensor corners = Tensor.allocate(ElementType.INT64, count);
    for (int image = 0; image < count; image++) {
      corners.memory().setAtIndex(JAVA_LONG, image, image % 4);
    }
    return corners;
  }

  private static Tensor places(int count, long all) {
    Tensor corners = Tensor.allocate(ElementType.INT64, count);
    for (int image = 0; image < count; image++) {
      corners.memory().setAtIndex(JAVA_LONG, image, all);
    }
    return corners;
  }

  private Tensor labels(int classes) {
    Tensor few = Tensor.allocate(ElementType.INT64, labels.size());
    for (long image = 0; image < labels.size(); image++) {
      few.memory()
          .setAtIndex(JAVA_LONG, image, labels.memory().getAtIndex(JAVA_LONG, image) % classes);
    }
    return few;
  }

  private static double loss(Tensor scores, Tensor labels) {
    double sum = 0;
    for (long image = 0; image < labels.size(); image++) {
      long label = labels.memory().getAtIndex(JAVA_LONG, image);
      sum -= Math.log(scores.memory().getAtIndex(JAVA_FLOAT, image * scores.length(1) + label));
    }
    return sum;
  }

  private static long matches(Tensor some, Tensor others) {
    long same = 0;
    for (long i = 0; i < some.size(); i++) {
      boolean equal =
          some.memory().getAtIndex(JAVA_LONG, i) == others.memory().getAtIndex(JAVA_LONG, i);
      same += equal ? 1 : 0;
    }
    return same;
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
