package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The libraries of JVM tasks that an image brings, in the examples' graphs: on a read-only root
 * file system and without rights, with the natives that pip has brought.
 */
@ExtendWith(SharedSite.class)
class JvmLibrariesIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final DioptraSite site;

  JvmLibrariesIT(DioptraSite site) {
    this.site = site;
  }

  @Test
  void pythonAndTheJvmAgreeOnOneCopyOfTheFramework() throws Exception {
    List<TestedImage> images =
        TestedImage.all().stream().filter(TestedImage::hasFramework).toList();
    Assumptions.assumeFalse(images.isEmpty(), "e2e/run was asked for no image with a framework");
    DioptraClient client = site.client();
    ImportedResources examples = client.importFolder(Checkout.find().resolve("examples"));
    for (TestedImage image : images) {
      check(image, client, examples);
    }
  }

  private void check(TestedImage image, DioptraClient client, ImportedResources examples)
      throws Exception {
    String name = Probe.unique();
    int queue = client.createQueue(name);
    List<Integer> entrypoints = new ArrayList<>();
    for (String entrypoint : entrypoints(image)) {
      int id = examples.entrypoint(entrypoint);
      client.attachQueues(id, queue);
      entrypoints.add(id);
    }
    int experiment = client.createExperiment(name, entrypoints.toArray(Integer[]::new));
    try (WorkerContainer worker =
        WorkerContainer.of(image, site, name).readOnly().withoutRights()) {
      worker.start();
      for (int entrypoint : entrypoints) {
        SubmittedJob job = client.job(experiment, entrypoint, queue).submit();
        String end = job.awaitEnd(LIMIT);
        assertThat(end).as(image + ": " + job.logText() + worker.getLogs()).isEqualTo("finished");
        assertAgreement(image, job);
      }
      assertOneCopy(image, worker);
    }
  }

  private static List<String> entrypoints(TestedImage image) {
    return Stream.concat(
            Stream.of(image.hasTensorflow() ? "digits_savedmodel" : "digits_torchscript"),
            image.isForGpu() ? Stream.of() : Stream.of("digits_deeplearning4j"))
        .toList();
  }

  private static void assertAgreement(TestedImage image, SubmittedJob job) throws Exception {
    Map<String, Double> metrics = job.metrics();
    double clean = metrics.getOrDefault("clean_accuracy", 0.0);
    assertThat(clean).as("%s %s", image, metrics).isGreaterThan(0.85);
    assertThat(metrics.get("clean_jvm_accuracy")).isCloseTo(clean, within(1e-6));
    assertThat(metrics.get("clean_scores_apart")).isBetween(0.0, 1e-4);
    assertThat(metrics.get("white_box_jvm_accuracy")).isLessThan(clean - 0.2);
    assertThat(metrics.get("black_box_jvm_accuracy")).isLessThan(0.5);
    // The natives and the image's archive of classes were made for this Java.
    assertThat(job.logText()).doesNotContain("[error]");
  }

  private static void assertOneCopy(TestedImage image, WorkerContainer worker) throws Exception {
    String library = image.hasTensorflow() ? "libtensorflow_cc.so.2" : "libtorch_cpu.so";
    // Each line: the program, the file's device and inode, its path.
    String mapped =
        worker.inside(
            """
            for p in /proc/[0-9]*; do
              program=$(basename "$(readlink $p/exe)")
              awk -v program="$program" '/\\/%s$/ {print program, $4 ":" $5, $6}' $p/maps 2>/dev/null
            done | sort -u
            """
                .formatted(library));
    List<String[]> lines = mapped.lines().map(it -> it.split(" ", 3)).toList();
    Set<String> programs = lines.stream().map(it -> it[0]).collect(Collectors.toSet());
    Set<String> files = lines.stream().map(it -> it[1] + it[2]).collect(Collectors.toSet());
    System.out.printf("%s:%n%s%n", image, mapped);
    assertThat(programs).as(mapped).contains("java").anyMatch(it -> it.startsWith("python"));
    assertThat(files).as(mapped).hasSize(1);
  }
}
