package io.dioptra.worker.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A graph of Python and of the JVM tasks that come with this worker, through the real API. With
 * {@code -Ppytorch} in the environment of the image; else in another one with ART, where DJL's own
 * natives are mounted as a site's jar.
 */
@ExtendWith(SharedSite.class)
class TorchScriptJobIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final String DATA =
      """
      import numpy as np
      from dioptra import pyplugs


      @pyplugs.register
      def read_array(folder, name):
          return np.load(f"{folder}/{name}.npy")


      @pyplugs.register
      def compare(scores, expected, labels, predicted, accuracy, confusion, attacked):
          print("scores apart:", float(np.abs(scores - expected).max()) < 1e-4)
          own = float((scores.argmax(1) == labels).mean())
          print("accuracies apart:", abs(own - accuracy) < 1e-6, accuracy)
          print("labels the same:", bool((predicted == scores.argmax(1)).all()))
          print("confusion:", confusion.shape, int(confusion.sum()), int(np.trace(confusion)))
          print("attacked:", attacked < accuracy - 0.2)
          print("natives:", *natives())


      @pyplugs.register
      def say(median):
          print("the model's own time for 32: %.3f ms" % median)


      @pyplugs.register
      def attack(model, images, labels):
          from art.attacks.evasion import BoundaryAttack, HopSkipJump, SquareAttack
          from art.estimators.classification import BlackBoxClassifierNeuralNetwork

          target = BlackBoxClassifierNeuralNetwork(
              model, input_shape=(8, 8, 1), nb_classes=10, clip_values=(0, 1), channels_first=False
          )
          hop = HopSkipJump(target, max_iter=2, max_eval=40, init_eval=10, verbose=False)
          square = SquareAttack(target, max_iter=60, eps=0.4, verbose=False)
          boundary = BoundaryAttack(
              target, targeted=False, max_iter=20, sample_size=5, init_size=20, verbose=False
          )
          try:
              model(images.reshape(50, 4, 16)[:, :, :9])
          except RuntimeError as error:
              print("refused:", type(error).__name__, str(error).splitlines()[0])
          print("slices:", float(np.abs(model(images[::2, ::-1]) - model(images[:, ::-1])[::2]).max()) < 1e-6)
          print("doubles:", bool((model(images.astype("float64")) == model(images)).all()))
          print("call of 32: %.3f ms" % milliseconds(model, images[:32]))
          # Those that it is right about: an attack has to lower it from 1.
          known = np.flatnonzero(model(images).argmax(1) == labels)[:8]
          few = images[known]
          made = [each.generate(few) for each in (hop, square, boundary)]
          return few, labels[known], *made


      @pyplugs.register
      def tell(clean, hop, square, boundary):
          print("misled:", clean == 1, hop <= 0.5, square <= 0.75, boundary <= 0.5)
          print("accuracies:", clean, hop, square, boundary)


      def milliseconds(model, images):
          import time

          times = []
          for _ in range(200):
              start = time.perf_counter()
              model(images)
              times.append(time.perf_counter() - start)
          return 1000 * float(np.median(times))


      def natives():
          import os

          try:
              import torch  # the same natives, if this environment has them
          except ImportError:
              pass

          def grandparent(pid):
              for _ in range(2):
                  pid = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1]
              return pid

          found = set()
          for pid in filter(str.isdigit, os.listdir("/proc")):
              try:
                  if grandparent(pid) == grandparent(os.getpid()):
                      for line in open(f"/proc/{pid}/maps"):
                          if "/libtorch_cpu.so" in line:
                              found.add(line[line.index("/") :].strip())
              except OSError:
                  pass
          return sorted(found)
      """;

  private static final String GRAPH =
      """
      images:
        read_array: [$folder, images]
      labels:
        read_array: [$folder, labels]
      expected:
        read_array: [$folder, scores]
      model:
        load_model: [$file]
      scores:
        predict: [$model, $images]
      predicted:
        classify:
          model: $model
          inputs: $images
          batch_size: 7
      right:
        evaluate: [$model, $images, $labels, 3]
      adversarial:
        fast_gradient: [$model, $images, $labels, 0.1]
      wrong:
        evaluate: [$model, $adversarial, $labels, 3]
      speed:
        benchmark: [$model, $images, 32, 200, 20]
      misled:
        attack: [$model, $images, $labels]
      clean:
        evaluate: [$model, $misled.images, $misled.labels]
      hop:
        evaluate: [$model, $misled.hop, $misled.labels]
      square:
        evaluate: [$model, $misled.square, $misled.labels]
      boundary:
        evaluate: [$model, $misled.boundary, $misled.labels]
      told:
        tell: [$clean.accuracy, $hop.accuracy, $square.accuracy, $boundary.accuracy]
      said:
        say: [$speed.median]
      compared:
        compare:
          - $scores
          - $expected
          - $labels
          - $predicted
          - $right.accuracy
          - $right.confusion
          - $wrong.accuracy
      """;

  @Test
  void aModelOfPythonIsEvaluatedAndAttackedOnTheJvm(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Map<String, String> variables = variables(site, folder);
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (WorkerProcess tasks = start(variables, folder, "tasks", "--plugin", plugins.toString())) {
      assertThat(tasks.process().onExit().get()).as(tasks.log()).isZero();
    }
    DioptraClient client = site.client();
    int queue = client.createQueue("pytorch-cpu");
    int entrypoint = client.createEntrypoint(entrypoint(client, plugins), queue);
    int experiment = client.createExperiment("torchscript", entrypoint);

    try (WorkerProcess worker = start(variables, folder, "--preload", "none")) {
      SubmittedJob job = client.job(experiment, entrypoint, queue).submit();
      String end = job.awaitEnd(LIMIT);
      String log = job.logText();
      assertThat(end).as(worker.log() + log).isEqualTo("finished");
      assertThat(log)
          .contains("Loaded TorchScript model digits.pt on the CPU")
          .contains("scores apart: True", "accuracies apart: True 0.84", "labels the same: True")
          .contains("confusion: (10, 10) 50 42", "attacked: True")
          .contains("misled: True True True True", "slices: True", "doubles: True")
          .contains("refused: JvmTaskError ")
          .contains("does not take float32 of shape (50, 4, 9); PyTorch says: shape '[50, 64]'");
      assertThat(log.lines().filter(it -> it.contains("natives: /")))
          .singleElement()
          .asString()
          .containsOnlyOnce("libtorch_cpu.so");
    }
  }

  private static EntrypointSource entrypoint(DioptraClient client, Path plugins) throws Exception {
    int torchscript = client.importFolder(plugins).plugins().getOrDefault("torchscript", -1);
    int data =
        client.createPlugin(
            PluginSource.of("torchscript_data", "data.py", DATA)
                .function(
                    "read_array",
                    List.of("folder", "string", "name", "string"),
                    List.of("array", "array"))
                .function("say", List.of("median", "number"), List.of())
                .function(
                    "attack",
                    List.of("model", "torchscript_model", "images", "array", "labels", "array"),
                    List.of(
                        "images",
                        "array",
                        "labels",
                        "array",
                        "hop",
                        "array",
                        "square",
                        "array",
                        "boundary",
                        "array"))
                .function(
                    "tell",
                    List.of(
                        "clean",
                        "number",
                        "hop",
                        "number",
                        "square",
                        "number",
                        "boundary",
                        "number"),
                    List.of())
                .function(
                    "compare",
                    List.of(
                        "scores",
                        "array",
                        "expected",
                        "array",
                        "labels",
                        "array",
                        "predicted",
                        "array",
                        "accuracy",
                        "number",
                        "confusion",
                        "array",
                        "attacked",
                        "number"),
                    List.of()));
    Path models =
        Checkout.find().resolve("jvm-pytorch/src/test/resources/io/dioptra/worker/torchscript");
    return EntrypointSource.of("torchscript", GRAPH)
        .parameter("folder", "string", models.toString())
        .parameter("file", "string", models.resolve("digits.pt").toString())
        .plugins(torchscript, data);
  }

  private static WorkerProcess start(Map<String, String> variables, Path folder, String... words)
      throws Exception {
    return WorkerProcess.start(
        "pytorch-cpu", variables, Files.createTempDirectory(folder, "worker"), words);
  }

  static Map<String, String> variables(DioptraSite site, Path folder) throws Exception {
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    String python = System.getProperty("torch.python", "");
    if (python.isEmpty()) {
      variables.put(
          "DIOPTRA_WORKER_PYTHON",
          PythonEnvironment.named("tensorflow-cpu").interpreter().toString());
      Path jars = Files.createDirectory(folder.resolve("jars"));
      Files.copy(natives(), jars.resolve("natives.jar"));
      variables.put("DIOPTRA_WORKER_JARS", jars.toString());
    } else if (!python.equals("locked")) {
      variables.put("DIOPTRA_WORKER_PYTHON", python);
    }
    return variables;
  }

  private static Path natives() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(it -> it.contains("pytorch-native-cpu"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }
}
