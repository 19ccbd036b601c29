package io.dioptra.worker.pytorch;

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
 * Deeplearning4j and PyTorch bring threads and linear algebra of their own: in one JVM each is as
 * it is alone, whichever comes first, in one job and in the next.
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
      def use(order, torch, digits):
          images = {}
          right = {}
          images["torchscript"] = np.load(f"{torch}/images.npy")
          right["torchscript"] = np.load(f"{torch}/scores.npy")
          images["deeplearning4j"] = np.load(f"{digits}/images.npy")
          right["deeplearning4j"] = np.load(f"{digits}/functional_scores.npy")
          paths = {"torchscript": f"{torch}/digits.pt", "deeplearning4j": f"{digits}/functional.h5"}
          models = {}
          for library in order.split():
              models[library] = jvm.call(f"{library}.load_model", paths[library])
              models[library](images[library])
          for _ in range(3):
              for library, model in models.items():
                  apart = float(np.abs(model(images[library]) - right[library]).max())
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
      used:
        use: [$order, $torch, $digits]
      """;

  @ParameterizedTest
  @CsvSource({
    "deeplearning4j torchscript, torchscript",
    "torchscript deeplearning4j, deeplearning4j"
  })
  void eachIsAsAlone(String order, String next, DioptraSite site, @TempDir Path folder)
      throws Exception {
    DioptraClient client = site.client();
    String name = "two_" + next;
    int queue = client.createQueue(name);
    int entrypoint = client.createEntrypoint(entrypoint(client, name), queue);
    int experiment = client.createExperiment(name, entrypoint);
    Path place = Files.createDirectory(folder.resolve("worker"));
    Map<String, String> variables = TorchScriptJobIT.variables(site, folder);
    try (WorkerProcess worker =
        WorkerProcess.start("pytorch-cpu", variables, place, "--preload", "none", name)) {
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

  private static EntrypointSource entrypoint(DioptraClient client, String name) throws Exception {
    int python =
        client.createPlugin(
            PluginSource.of(name, "python.py", PYTHON)
                .function(
                    "use",
                    List.of("order", "string", "torch", "string", "digits", "string"),
                    List.of()));
    Checkout modules = Checkout.find();
    String models = "src/test/resources/io/dioptra/worker";
    Path torch = modules.resolve("jvm-pytorch").resolve(models).resolve("torchscript");
    Path digits = modules.resolve("jvm-deeplearning4j").resolve(models).resolve("deeplearning4j");
    return EntrypointSource.of(name, GRAPH)
        .parameter("torch", "string", torch.toString())
        .parameter("digits", "string", digits.toString())
        .parameter("order", "string", "none")
        .plugins(python);
  }
}
