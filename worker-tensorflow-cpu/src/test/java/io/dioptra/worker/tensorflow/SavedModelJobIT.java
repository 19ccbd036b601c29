package io.dioptra.worker.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network that Keras trains is exported, evaluated and attacked on the JVM, in one graph, through
 * the real API, on the natives that pip has brought.
 */
@ExtendWith(SharedSite.class)
class SavedModelJobIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final String PYTHON =
      """
      import os

      import keras
      import numpy as np
      import tensorflow as tf
      from dioptra import pyplugs
      from keras import layers
      from sklearn.datasets import load_digits


      @pyplugs.register
      def train(folder):
          digits = load_digits()
          images = (digits.images / 16).astype(np.float32)[..., None]
          labels = digits.target.astype(np.int64)
          keras.utils.set_random_seed(8)
          model = keras.Sequential(
              [
                  layers.Input((8, 8, 1)),
                  layers.Conv2D(8, 3, activation="relu"),
                  layers.Flatten(),
                  layers.Dense(10),
              ]
          )
          loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
          model.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss)
          model.fit(images[500:], labels[500:], epochs=4, batch_size=64, verbose=0)
          export(model, folder)
          return images[:500], labels[:500], model(images[:500]).numpy()


      def export(model, folder):
          images = tf.TensorSpec((None, 8, 8, 1), tf.float32, name="images")
          labels = tf.TensorSpec((None,), tf.int64, name="labels")

          def gradient(images, labels):
              with tf.GradientTape() as tape:
                  tape.watch(images)
                  scores = model(images, training=False)
                  losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, scores)
                  total = tf.reduce_sum(losses)
              return tape.gradient(total, images)

          archive = keras.export.ExportArchive()
          archive.track(model)
          archive.add_endpoint("serve", lambda images: model(images, training=False), [images])
          archive.add_endpoint("gradient", gradient, [images, labels])
          archive.write_out(folder, verbose=False)


      @pyplugs.register
      def compare(scores, expected, labels, accuracy, predicted, confusion):
          print("scores apart:", float(np.abs(scores - expected).max()) < 1e-4)
          own = float((expected.argmax(1) == labels).mean())
          print("accuracies apart:", abs(own - accuracy) < 1e-6, accuracy > 0.85)
          print("labels the same:", bool((predicted == expected.argmax(1)).all()))
          print("confusion:", int(confusion.sum()), abs(np.trace(confusion) / 500 - own) < 1e-6)


      @pyplugs.register
      def attack(model, images, labels):
          from art.attacks.evasion import HopSkipJump, SquareAttack
          from art.estimators.classification import BlackBoxClassifierNeuralNetwork

          target = BlackBoxClassifierNeuralNetwork(
              model, input_shape=(8, 8, 1), nb_classes=10, clip_values=(0, 1), channels_first=False
          )
          hop = HopSkipJump(target, max_iter=2, max_eval=40, init_eval=10, verbose=False)
          square = SquareAttack(target, max_iter=60, eps=0.4, verbose=False)
          try:
              model(images.reshape(-1, 4, 16))
          except RuntimeError as error:
              print("refused:", type(error).__name__, str(error).splitlines()[0])
          return hop.generate(images[:8]), square.generate(images[:8]), images[:8], labels[:8]


      @pyplugs.register
      def tell(clean, hop, square, fast, median, model, images):
          print("clean %s hop %s square %s" % (clean, hop, square))
          print("attacked:", hop <= clean - 0.5, square <= clean - 0.25, fast < 0.5)
          call = milliseconds(model, images[:32])
          print("call of 32: %.3f ms, the model's own time: %.3f ms" % (call, median))
          found = natives()
          print("languages:", *sorted({name for name, _ in found}))
          print("natives:", *sorted({path for _, path in found}))


      def milliseconds(model, images):
          import time

          times = []
          for _ in range(300):
              start = time.perf_counter()
              model(images)
              times.append(time.perf_counter() - start)
          return 1000 * float(np.median(times[100:]))


      def natives():
          def grandparent(pid):
              for _ in range(2):
                  pid = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1]
              return pid

          found = set()
          for pid in filter(str.isdigit, os.listdir("/proc")):
              try:
                  if grandparent(pid) == grandparent(os.getpid()):
                      program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
                      for line in open(f"/proc/{pid}/maps"):
                          if "/libtensorflow_" in line:
                              found.add((program[:4], line[line.index("/") :].strip()))
              except OSError:
                  pass
          return found
      """;

  private static final String GRAPH =
      """
      trained:
        train: [exported]
      model:
        load_model:
          path: exported
          device: auto
        dependencies: [trained]
      scores:
        predict: [$model, $trained.images]
      predicted:
        classify: [$model, $trained.images, 7]
      right:
        evaluate: [$model, $trained.images, $trained.labels, 3]
      compared:
        compare:
          - $scores
          - $trained.scores
          - $trained.labels
          - $right.accuracy
          - $predicted
          - $right.confusion
      adversarial:
        fast_gradient: [$model, $trained.images, $trained.labels, 0.2]
      fast:
        evaluate: [$model, $adversarial, $trained.labels]
      misled:
        attack: [$model, $trained.images, $trained.labels]
      clean:
        evaluate: [$model, $misled.clean, $misled.labels]
      hop:
        evaluate: [$model, $misled.hop, $misled.labels]
      square:
        evaluate: [$model, $misled.square, $misled.labels]
      speed:
        benchmark: [$model, $trained.images, 32, 200, 20]
      told:
        tell:
          - $clean.accuracy
          - $hop.accuracy
          - $square.accuracy
          - $fast.accuracy
          - $speed.median
          - $model
          - $trained.images
      """;

  @Test
  void aNetworkOfKerasIsEvaluatedAndAttackedOnTheJvm(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (WorkerProcess tasks = start(site, folder, "tasks", "--plugin", plugins.toString())) {
      assertThat(tasks.process().onExit().get()).as(tasks.log()).isZero();
    }
    DioptraClient client = site.client();
    int queue = client.createQueue("savedmodel");
    int entrypoint = client.createEntrypoint(entrypoint(client, plugins), queue);
    int experiment = client.createExperiment("savedmodel", entrypoint);

    try (WorkerProcess worker = start(site, folder, "--preload", "none", "savedmodel")) {
      SubmittedJob job = client.job(experiment, entrypoint, queue).submit();
      String end = job.awaitEnd(LIMIT);
      String log = job.logText();
      assertThat(end).as(worker.log() + log).isEqualTo("finished");
      assertThat(log)
          .contains("Loaded SavedModel exported on the CPU")
          .contains("scores apart: True", "accuracies apart: True True", "labels the same: True")
          .contains("confusion: 500 True", "attacked: True True True")
          .contains("refused: JvmTaskError ")
          .contains("takes float32 of shape (any, 8, 8, 1); it got float32 of shape (500, 4, 16)")
          .contains("languages: java pyth");
      assertThat(log.lines().filter(it -> it.contains("natives: /")))
          .singleElement()
          .asString()
          .containsOnlyOnce("/libtensorflow_cc.so.2")
          .containsOnlyOnce("/libtensorflow_framework.so.2");
    }
  }

  private static EntrypointSource entrypoint(DioptraClient client, Path plugins) throws Exception {
    int savedModel = client.importFolder(plugins).plugins().getOrDefault("savedmodel", -1);
    int python =
        client.createPlugin(
            PluginSource.of("savedmodel_python", "python.py", PYTHON)
                .function(
                    "train",
                    List.of("folder", "string"),
                    List.of("images", "array", "labels", "array", "scores", "array"))
                .function(
                    "compare",
                    List.of(
                        "scores", "array",
                        "expected", "array",
                        "labels", "array",
                        "accuracy", "number",
                        "predicted", "array",
                        "confusion", "array"),
                    List.of())
                .function(
                    "attack",
                    List.of("model", "tensorflow_model", "images", "array", "labels", "array"),
                    List.of("hop", "array", "square", "array", "clean", "array", "labels", "array"))
                .function(
                    "tell",
                    List.of(
                        "clean", "number",
                        "hop", "number",
                        "square", "number",
                        "fast", "number",
                        "median", "number",
                        "model", "tensorflow_model",
                        "images", "array"),
                    List.of()));
    return EntrypointSource.of("savedmodel", GRAPH).plugins(savedModel, python);
  }

  private static WorkerProcess start(DioptraSite site, Path folder, String... words)
      throws Exception {
    return WorkerProcess.start(
        "tensorflow-cpu",
        Map.copyOf(site.workerEnvironment()),
        Files.createTempDirectory(folder, "worker"),
        words);
  }
}
