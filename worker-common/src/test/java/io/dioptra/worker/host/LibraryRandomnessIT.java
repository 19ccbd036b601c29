package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real forks of templates that have imported the large libraries: what they draw by chance. */
class LibraryRandomnessIT {
  private static final Duration BOUND = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void jobsWithTensorflowDrawNothingThatAnotherDrew() throws Exception {
    Path python = PythonEnvironment.named("tensorflow-cpu").interpreter();
    List<String> modules =
        List.of(
            "multiprocessing",
            "numpy",
            "tensorflow",
            "keras",
            "art.attacks.evasion",
            "art.estimators.classification",
            "pandas",
            "sklearn.datasets",
            "scipy.stats",
            "mlflow");
    try (TaskHosts hosts = open(python, modules)) {
      assertThat(hosts.awaitReady()).startsWith("10 modules imported");
      drawTwice(hosts, "dice_tensorflow.py", 17);
    }
  }

  @Test
  void aTemplateThatRanAnOperationOfTensorflowIsNotForked() throws Exception {
    Path python = PythonEnvironment.named("tensorflow-cpu").interpreter();
    Files.writeString(
        folder.resolve("operates.py"), "import tensorflow as tf\ntf.constant(1.0) + 1\n");
    try (TaskHosts hosts = open(python, List.of("operates"))) {
      assertThat(hosts.awaitReady())
          .startsWith("every job imports for itself, because a preloaded module runs TensorFlow");
    }
  }

  @Test
  void jobsWithTorchDrawNothingThatAnotherDrew() throws Exception {
    try (TaskHosts hosts = open(torch(), List.of("numpy", "torch", "torch.utils.data"))) {
      assertThat(hosts.awaitReady()).startsWith("3 modules imported");
      drawTwice(hosts, "dice_torch.py", 9);
    }
  }

  @Test
  void aTemplateWhoseTorchComputedInThreadsIsNotForked() throws Exception {
    Files.writeString(
        folder.resolve("computes.py"),
        "import torch\ntorch.set_num_threads(4)\ntorch.rand(3000, 3000).sin().sum()\n");
    try (TaskHosts hosts = open(torch(), List.of("computes"))) {
      assertThat(hosts.awaitReady())
          .startsWith("every job imports for itself, because a library runs threads");
    }
  }

  private static Path torch() throws Exception {
    String python = System.getProperty("torch.python", "");
    assumeTrue(
        !python.isEmpty(),
        "PyTorch takes 6 GB: run with -Ppytorch, and -Dtorch.python=PYTHON for one that is there");
    return python.equals("locked")
        ? PythonEnvironment.named("pytorch-cpu").interpreter()
        : Path.of(python);
  }

  private void drawTwice(TaskHosts hosts, String dice, int draws) throws Exception {
    List<String> first = draw(hosts, "one", dice);
    List<String> second = draw(hosts, "two", dice);
    assertThat(first).hasSize(draws).doesNotContainAnyElementsOf(second);
    assertThat(second).hasSize(draws);
  }

  private List<String> draw(TaskHosts hosts, String name, String dice) throws Exception {
    MoodyPlugin plugin = new MoodyPlugin(Files.createDirectory(folder.resolve(name)));
    HostOrder order =
        new HostOrder(
            new QueueName("q"), plugin, _ -> {}, CompletableFuture.completedFuture(_ -> true));
    try (TaskHost host = hosts.start(order)) {
      plugin.prepare(host);
      MoodyPlugin.copy(dice, folder.resolve(name).resolve("plugins").resolve("moods"));
      String task = "moods." + dice.replace(".py", "") + ".draw";
      assertThat(host.call(MoodyPlugin.dotted(task))).isInstanceOf(TaskResult.Done.class);
      host.finish();
    }
    return plugin.said().stream()
        .filter(line -> line.matches("[\\w.]+ .*") && !line.startsWith("20"))
        .takeWhile(line -> !line.equals("that was all"))
        .toList();
  }

  private TaskHosts open(Path python, List<String> preload) throws Exception {
    return TaskHosts.open(
        new HostSettings(
            python,
            Optional.of(Checkout.find().resolve("task-host/src")),
            new PreloadSettings(preload, Optional.empty()),
            TemplateLife.FOR_EVER,
            Map.of("PATH", "/usr/bin:/bin", "PYTHONPATH", folder.toString()),
            BOUND,
            BOUND),
        Clock.systemUTC());
  }
}
