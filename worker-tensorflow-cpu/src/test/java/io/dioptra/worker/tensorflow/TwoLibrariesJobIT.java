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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Deeplearning4j and TensorFlow-Java stand on one JavaCPP: in one JVM each is as it is alone,
 * whichever comes first, in one job and in the next.
 */
@ExtendWith(SharedSite.class)
@DisabledIfSystemProperty(named = "without.deeplearning4j", matches = ".*")
class TwoLibrariesJobIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private static final String PYTHON =
      """
      import os

      import numpy as np
      from dioptra import pyplugs
      from dioptra_task_host import jvm


      @pyplugs.register
      def export(folder, digits):
          images = np.load(f"{digits}/images.npy")
          weights = np.random.default_rng(8).normal(size=(64, 10)).astype("float32")
          expected = images.reshape(-1, 64) @ weights
          if not os.path.exists(folder):
              import tensorflow as tf

              module = tf.Module()
              module.weights = tf.Variable(weights)
              spec = tf.TensorSpec((None, 8, 8, 1), tf.float32)
              scores = tf.function(
                  lambda it: tf.reshape(it, (-1, 64)) @ module.weights, input_signature=[spec]
              )
              tf.saved_model.save(module, folder, signatures={"serving_default": scores})
          return expected


      @pyplugs.register
      def use(order, folder, digits, scores):
          images = np.load(f"{digits}/images.npy")
          paths = {"savedmodel": folder, "deeplearning4j": f"{digits}/functional.h5"}
          right = {"savedmodel": scores, "deeplearning4j": np.load(f"{digits}/functional_scores.npy")}
          models = {}
          for library in order.split():
              models[library] = jvm.call(f"{library}.load_model", paths[library])
              models[library](images)
          for _ in range(3):
              for library, model in models.items():
                  apart = float(np.abs(model(images) - right[library]).max())
                  print(library, "as expected:", apart < 1e-4)
          print("JVM:", *jvms())


      def jvms():
          def grandparent(pid):
              for _ in range(2):
                  pid = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1]
              return pid

          for pid in filter(str.isdigit, os.listdir("/proc")):
              try:
                  if os.path.basename(os.readlink(f"/proc/{pid}/exe")) == "java":
                      if grandparent(pid) == grandparent(os.getpid()):
                          yield pid
              except OSError:
                  pass
      """;

  private static final String GRAPH =
      """
      scores:
        export: [$folder, $digits]
      used:
        use: [$order, $folder, $digits, $scores]
      """;

  @ParameterizedTest
  @CsvSource({"deeplearning4j savedmodel, savedmodel", "savedmodel deeplearning4j, deeplearning4j"})
  void eachIsAsAlone(String order, String next, DioptraSite site, @TempDir Path folder)
      throws Exception {
    DioptraClient client = site.client();
    String name = "two_" + next;
    int queue = client.createQueue(name);
    int entrypoint = client.createEntrypoint(entrypoint(client, name, folder), queue);
    int experiment = client.createExperiment(name, entrypoint);
    Path place = Files.createDirectory(folder.resolve("worker"));
    Map<String, String> variables = site.workerEnvironment();
    try (WorkerProcess worker =
        WorkerProcess.start("tensorflow-cpu", variables, place, "--preload", "none", name)) {
      String first = log(client.job(experiment, entrypoint, queue).value("order", order).submit());
      for (String library : order.split(" ")) {
        assertThat(first.split(library + " as expected: True", -1)).hasSize(4);
      }
      String second = log(client.job(experiment, entrypoint, queue).value("order", next).submit());
      assertThat(second).contains(next + " as expected: True").doesNotContain("expected: False");
      assertThat(jvm(second)).as(worker.log()).isEqualTo(jvm(first)).matches("JVM: \\d+ .*");
    }
  }

  private static String log(SubmittedJob job) throws Exception {
    String end = job.awaitEnd(LIMIT);
    assertThat(end).as(job.logText()).isEqualTo("finished");
    return job.logText();
  }

  private static String jvm(String log) {
    String line = log.lines().filter(it -> it.contains("JVM: ")).findFirst().orElseThrow();
    return line.substring(line.indexOf("JVM: "));
  }

  private static EntrypointSource entrypoint(DioptraClient client, String name, Path folder)
      throws Exception {
    int python =
        client.createPlugin(
            PluginSource.of(name, "python.py", PYTHON)
                .function(
                    "export",
                    List.of("folder", "string", "digits", "string"),
                    List.of("scores", "any"))
                .function(
                    "use",
                    List.of(
                        "order", "string", "folder", "string", "digits", "string", "scores", "any"),
                    List.of()));
    Path digits =
        Checkout.find()
            .resolve("jvm-deeplearning4j/src/test/resources/io/dioptra/worker/deeplearning4j");
    return EntrypointSource.of(name, GRAPH)
        .parameter("folder", "string", folder.resolve("exported").toString())
        .parameter("digits", "string", digits.toString())
        .parameter("order", "string", "none")
        .plugins(python);
  }
}
