package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The libraries of JVM tasks that an image brings, in the examples' graphs: on a read-only root
 * file system, with the natives that pip has brought.
 */
@ExtendWith(SharedSite.class)
class JvmLibrariesIT {
  private static final String DEEPLEARNING4J = "digits_deeplearning4j";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);

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
    List<Integer> ids = entrypoints(image).stream().map(examples::entrypoint).toList();
    for (int id : ids) {
      client.attachQueues(id, queue);
    }
    int experiment = client.createExperiment(name, ids.toArray(Integer[]::new));
    try (WorkerContainer worker = WorkerContainer.of(image, site, name).readOnly().open()) {
      worker.start();
      for (String entrypoint : entrypoints(image)) {
        SubmittedJob job = client.job(experiment, examples.entrypoint(entrypoint), queue).submit();
        Set<String> mapped = mappedUntilItEnds(job, framework(image), worker);
        assertThat(job.status())
            .as(image + ": " + job.logText() + worker.getLogs())
            .isEqualTo("finished");
        assertAgreement(image, job);
        if (!entrypoint.equals(DEEPLEARNING4J)) {
          assertOneCopy(mapped);
        }
      }
    }
  }

  private static List<String> entrypoints(TestedImage image) {
    return Stream.concat(
            Stream.of(image.hasTensorflow() ? "digits_savedmodel" : "digits_torchscript"),
            image.isForGpu() ? Stream.of() : Stream.of(DEEPLEARNING4J))
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

  private static String framework(TestedImage image) {
    return image.hasTensorflow() ? "libtensorflow_cc.so.2" : "libtorch_cpu.so";
  }

  /**
   * Which programs in the container have a library in their memory while a job runs: lines of
   * program, inode and path.
   */
  private static Set<String> mappedUntilItEnds(
      SubmittedJob job, String library, WorkerContainer worker) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    Set<String> mapped = new TreeSet<>();
    while (!job.hasEnded() && System.nanoTime() < end) {
      mapped.addAll(mapped(library, worker));
      Thread.sleep(PAUSE);
    }
    return mapped;
  }

  /** As root: the worker's processes show their memory to no other user. */
  private static List<String> mapped(String library, WorkerContainer worker) throws Exception {
    String script =
        """
        for p in /proc/[0-9]*; do
          program=$(basename "$(readlink $p/exe)")
          awk -v program="$program" '/\\/%s$/ {print program, $5, $6}' $p/maps
        done 2>/dev/null | sort -u
        """
            .formatted(library);
    return Program.of("docker", "exec", "--user=0", worker.getContainerId(), "bash", "-c", script)
        .output()
        .lines()
        .toList();
  }

  private static void assertOneCopy(Set<String> mapped) {
    assertThat(mapped)
        .anyMatch(it -> it.startsWith("java "))
        .anyMatch(it -> it.startsWith("python"));
    assertThat(mapped.stream().map(it -> it.substring(it.indexOf(' '))).distinct()).hasSize(1);
  }
}
