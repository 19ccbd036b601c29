package io.dioptra.worker.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Digits are learned by Deeplearning4j and attacked with ART, through the real API. */
@ExtendWith(SharedSite.class)
@DisabledIfSystemProperty(named = "without.deeplearning4j", matches = ".*")
class Deeplearning4jJobIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private static final String DATA =
      """
      import numpy as np
      from dioptra import pyplugs


      @pyplugs.register
      def digits():
          from sklearn.datasets import load_digits

          found = load_digits()
          images = (found.images / 16).astype("float32").reshape(-1, 8, 8, 1)
          order = np.random.default_rng(0).permutation(len(images))
          images, labels = images[order], found.target[order]
          return images[:1500], labels[:1500], images[1500:], labels[1500:]


      @pyplugs.register
      def read_array(folder, name):
          return np.load(f"{folder}/{name}.npy")


      @pyplugs.register
      def attack(model, images, labels, accuracy, attacked, again):
          from art.attacks.evasion import HopSkipJump, SquareAttack
          from art.estimators.classification import BlackBoxClassifierNeuralNetwork

          own = float((model(images).argmax(1) == labels).mean())
          print("learned:", accuracy > 0.9, "the same:", abs(own - accuracy) < 1e-6)
          print("attacked:", attacked < accuracy - 0.2)
          print("read again:", float(np.abs(again(images) - model(images)).max()) < 1e-6)
          target = BlackBoxClassifierNeuralNetwork(
              model, input_shape=(8, 8, 1), nb_classes=10, clip_values=(0, 1), channels_first=False
          )
          hop = HopSkipJump(target, max_iter=2, max_eval=40, init_eval=10, verbose=False)
          square = SquareAttack(target, max_iter=60, eps=0.4, verbose=False)
          try:
              model(images[:, :, :7])
          except RuntimeError as error:
              print("refused:", type(error).__name__, str(error).splitlines()[0])
          print("call of 32: %.3f ms" % milliseconds(model, images[:32]))
          # Those that it is right about: an attack has to lower it from 1.
          known = np.flatnonzero(model(images).argmax(1) == labels)[:8]
          few = images[known]
          return few, labels[known], hop.generate(few), square.generate(few)


      @pyplugs.register
      def tell(clean, hop, square):
          print("misled:", clean == 1, hop <= 0.5, square <= 0.75)
          print("accuracies:", clean, hop, square)


      def milliseconds(model, images):
          import time

          times = []
          for _ in range(200):
              start = time.perf_counter()
              model(images)
              times.append(time.perf_counter() - start)
          return 1000 * float(np.median(times))


      @pyplugs.register
      def compare(scores, expected, median):
          print("Keras apart:", float(np.abs(scores - expected).max()) < 1e-4)
          print("the model's own time for 32: %.3f ms" % median)
      """;

  private static final String GRAPH =
      """
      data:
        digits: []
      trained:
        train:
          inputs: $data.images
          labels: $data.labels
          classes: 10
          layers: convolution 8 3, pool 2, dense 32
          epochs: 6
          learning_rate: 0.005
      saved:
        save_model: [$trained.model, digits.zip]
      again:
        load_model: [digits.zip]
        dependencies: [saved]
      right:
        evaluate: [$trained.model, $data.test_images, $data.test_labels, 3]
      adversarial:
        fast_gradient: [$trained.model, $data.test_images, $data.test_labels, 0.2]
      wrong:
        evaluate: [$trained.model, $adversarial, $data.test_labels, 3]
      speed:
        benchmark: [$trained.model, $data.test_images, 32, 200, 20]
      misled:
        attack:
          - $trained.model
          - $data.test_images
          - $data.test_labels
          - $right.accuracy
          - $wrong.accuracy
          - $again
      clean:
        evaluate: [$trained.model, $misled.images, $misled.labels]
      hop:
        evaluate: [$trained.model, $misled.hop, $misled.labels]
      square:
        evaluate: [$trained.model, $misled.square, $misled.labels]
      told:
        tell: [$clean.accuracy, $hop.accuracy, $square.accuracy]
      images:
        read_array: [$folder, images]
      expected:
        read_array: [$folder, functional_scores]
      keras:
        load_model: [$file]
      scores:
        predict: [$keras, $images]
      compared:
        compare: [$scores, $expected, $speed.median]
      """;

  @Test
  void aModelIsTrainedOnTheJvmAndAttackedInPython(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (WorkerProcess tasks = start(site, folder, "tasks", "--plugin", plugins.toString())) {
      assertThat(tasks.process().onExit().get()).as(tasks.log()).isZero();
    }
    DioptraClient client = site.client();
    int queue = client.createQueue("deeplearning4j");
    int entrypoint = client.createEntrypoint(entrypoint(client, plugins), queue);
    int experiment = client.createExperiment("deeplearning4j", entrypoint);

    try (WorkerProcess worker = start(site, folder, "--preload", "none", "deeplearning4j")) {
      SubmittedJob job = client.job(experiment, entrypoint, queue).submit();
      String end = job.awaitEnd(LIMIT);
      String log = job.logText();
      assertThat(end).as(worker.log() + log).isEqualTo("finished");
      assertThat(log)
          .contains("Epoch 6 of 6: loss", "learned: True the same: True", "attacked: True")
          .contains("read again: True", "misled: True True True", "refused: JvmTaskError ")
          .contains("takes float32 of shape (examples, 8, 8, 1); the inputs are float32 of shape")
          .contains("Keras apart: True");
    }
  }

  private static EntrypointSource entrypoint(DioptraClient client, Path plugins) throws Exception {
    int tasks = client.importFolder(plugins).plugins().getOrDefault("deeplearning4j", -1);
    String array = "array";
    int data =
        client.createPlugin(
            PluginSource.of("digits_data", "data.py", DATA)
                .function(
                    "digits",
                    List.of(),
                    List.of(
                        "images",
                        array,
                        "labels",
                        array,
                        "test_images",
                        array,
                        "test_labels",
                        array))
                .function(
                    "read_array",
                    List.of("folder", "string", "name", "string"),
                    List.of("array", array))
                .function(
                    "attack",
                    List.of(
                        "model",
                        "deeplearning4j_model",
                        "images",
                        array,
                        "labels",
                        array,
                        "accuracy",
                        "number",
                        "attacked",
                        "number",
                        "again",
                        "deeplearning4j_model"),
                    List.of("images", array, "labels", array, "hop", array, "square", array))
                .function(
                    "tell",
                    List.of("clean", "number", "hop", "number", "square", "number"),
                    List.of())
                .function(
                    "compare",
                    List.of("scores", array, "expected", array, "median", "number"),
                    List.of()));
    Path models =
        Checkout.find()
            .resolve("jvm-deeplearning4j/src/test/resources/io/dioptra/worker/deeplearning4j");
    return EntrypointSource.of("deeplearning4j", GRAPH)
        .parameter("folder", "string", models.toString())
        .parameter("file", "string", models.resolve("functional.h5").toString())
        .plugins(tasks, data);
  }

  private static WorkerProcess start(DioptraSite site, Path folder, String... words)
      throws Exception {
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    // On a busy machine, two threads of OpenMP mostly wait for each other.
    variables.put("OMP_NUM_THREADS", "1");
    return WorkerProcess.start(
        "tensorflow-cpu", variables, Files.createTempDirectory(folder, "worker"), words);
  }
}
