package io.dioptra.worker.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.MappedFile;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.StoredArtifact;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example with PyTorch, in the environment of the image. */
@ExtendWith(SharedSite.class)
@EnabledIfSystemProperty(
    named = "torch.python",
    matches = ".+",
    disabledReason = "PyTorch takes 6 GB: run with -Ppytorch")
class ExampleJobsIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @Test
  void aNetworkOfPythonIsEvaluatedAndAttackedOnTheJvm(DioptraSite site, @TempDir Path folder)
      throws Exception {
    DioptraClient client = site.client();
    int queue = client.createQueue("torch-example");
    ImportedResources examples = client.importFolder(Checkout.find().resolve("examples"));
    int entrypoint = examples.entrypoint("digits_torchscript");
    client.attachQueues(entrypoint, queue);
    int experiment = client.createExperiment("torch-example", entrypoint);
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    String python = System.getProperty("torch.python", "");
    if (!python.equals("locked")) {
      variables.put("DIOPTRA_WORKER_PYTHON", python);
    }

    try (WorkerProcess worker =
        WorkerProcess.start("pytorch-cpu", variables, folder, "torch-example")) {
      worker.awaitReady(LIMIT);
      SubmittedJob job = client.job(experiment, entrypoint, queue).submit();
      String end = job.awaitEnd(LIMIT);
      String log = job.logText();
      assertThat(end).as(worker.log() + log).isEqualTo("finished");

      assertThat(log)
          .contains("Loaded TorchScript model digits.pt on the CPU: PyTorch finds no GPU")
          .contains("Fast gradient method applied")
          .containsPattern("Python and the JVM agree.*clean")
          .containsPattern("Python and the JVM agree.*white_box")
          .containsPattern("HopSkipJump applied.*images=4");
      assertMeasured(job.metrics());
      assertThat(colours(job.artifact("picture"))).isGreaterThan(100);
      assertOneFile(MappedFile.below(worker.pid(), "libtorch_cpu.so"));
    }
  }

  private static void assertMeasured(Map<String, Double> metrics) {
    double clean = metrics.getOrDefault("clean_accuracy", 0.0);
    double attacked = metrics.getOrDefault("white_box_accuracy", 1.0);
    assertThat(clean).isGreaterThan(0.9);
    assertThat(attacked).isLessThan(clean - 0.2);
    assertThat(metrics.get("clean_jvm_accuracy")).isCloseTo(clean, within(1e-6));
    assertThat(metrics.get("white_box_jvm_accuracy")).isCloseTo(attacked, within(1e-6));
    assertThat(metrics.get("clean_scores_apart")).isBetween(0.0, 1e-4);
    assertThat(metrics.get("white_box_scores_apart")).isBetween(0.0, 1e-4);
    assertThat(metrics.get("jvm_fast_gradient_accuracy")).isCloseTo(attacked, within(0.02));
    assertThat(metrics.get("black_box_jvm_accuracy")).isLessThan(0.5);
  }

  /** The JVM host stays for the next job, and so does the template of Python. */
  private static void assertOneFile(Set<MappedFile> found) {
    assertThat(found.stream().map(MappedFile::path).collect(Collectors.toSet())).hasSize(1);
    assertThat(found.stream().map(it -> it.program().replaceAll("[0-9.]+$", "")))
        .containsOnly("java", "python");
  }

  /** How many different ones a picture has. */
  private static long colours(StoredArtifact artifact) throws Exception {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(artifact.download()));
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    return Arrays.stream(pixels).distinct().count();
  }
}
