package io.dioptra.worker.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.StoredArtifact;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples, on the queue that the environment serves by default. */
@ExtendWith(SharedSite.class)
@TestInstance(Lifecycle.PER_CLASS)
class ExampleJobsIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private DioptraClient client;
  private WorkerProcess worker;
  private ImportedResources examples;
  private int queue;
  private int experiment;

  @BeforeAll
  void startTheWorker(DioptraSite site, @TempDir Path folder) throws Exception {
    client = site.client();
    queue = client.createQueue("tensorflow-cpu");
    examples = client.importFolder(Checkout.find().resolve("examples"));
    Integer[] entrypoints = examples.entrypoints().values().toArray(Integer[]::new);
    for (int entrypoint : entrypoints) {
      client.attachQueues(entrypoint, queue);
    }
    experiment = client.createExperiment("examples", entrypoints);
    Map<String, String> environment = new HashMap<>(site.workerEnvironment());
    environment.put(
        "DIOPTRA_WORKER_JARS", Checkout.find().resolve("examples/jvm-tasks/target").toString());
    worker = WorkerProcess.start("tensorflow-cpu", environment, folder);
    worker.awaitReady(Duration.ofMinutes(3));
  }

  @AfterAll
  void stopTheWorker() {
    worker.close();
  }

  @Test
  void theAttackLowersTheAccuracyAndDrawsDigits() throws Exception {
    SubmittedJob job = finished("digits_attack");

    Map<String, Double> metrics = job.metrics();
    double clean = metrics.getOrDefault("clean_accuracy", 0.0);
    assertThat(clean).isGreaterThan(0.9);
    assertThat(metrics.get("fgsm_accuracy")).isLessThan(clean - 0.2);
    assertThat(metrics.get("pgd_accuracy")).isLessThan(clean - 0.2);
    assertThat(text(job.artifact("report"))).contains("\"clean_accuracy\": " + clean);
    var picture = ImageIO.read(new ByteArrayInputStream(job.artifact("picture").download()));
    assertThat(picture.getWidth()).isGreaterThan(400);
  }

  @Test
  void scikitLearnLeavesAnArrayAndATable() throws Exception {
    SubmittedJob job = finished("digits_sklearn");

    byte[] predictions = job.artifact("predictions").download();
    String scores = text(job.artifact("scores"));
    assertThat(job.artifact("predictions").fileName()).endsWith(".npy");
    assertThat(new String(predictions, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
    assertThat(job.artifact("scores").fileName()).endsWith(".csv");
    assertThat(scores.lines()).hasSize(11);
  }

  @Test
  void tasksInJavaAndInPythonShareArraysInOneGraph() throws Exception {
    SubmittedJob job = finished("digits_squeezed");

    assertThat(job.logText())
        .contains("Squeezed 1347 images to 2 bits")
        .contains("Support vector machine trained");
    byte[] squeezed = job.artifact("squeezed").download();
    FloatBuffer pixels =
        ByteBuffer.wrap(squeezed, 128, squeezed.length - 128)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    Set<Float> levels = new TreeSet<>();
    while (pixels.hasRemaining()) {
      levels.add(pixels.get());
    }
    assertThat(levels).containsExactly(0f, 1 / 3f, 2 / 3f, 1f);
    assertThat(text(job.artifact("scores")).lines()).hasSize(11);
    assertThat(text(job.artifact("largest_change"))).startsWith("0.1");
  }

  @Test
  void theTextOfOneJobIsTheInputOfTheNext() throws Exception {
    SubmittedJob first = finished("greeting");
    StoredArtifact message = first.artifact("message");

    SubmittedJob second =
        client
            .job(experiment, examples.entrypoint("greeting_from_artifact"), queue)
            .input("greeting", message)
            .submit();

    assertThat(second.awaitEnd(LIMIT)).as(second.logText()).isEqualTo("finished");
    assertThat(second.logText()).contains(text(message).strip());
  }

  @Test
  void aWindowThatNobodyCouldSeeFailsItsJobAndNoOther() throws Exception {
    int plugin =
        client.createPlugin(
            PluginSource.of(
                    "window",
                    "window.py",
                    """
                    import matplotlib
                    from dioptra import pyplugs

                    @pyplugs.register
                    def draw():
                        matplotlib.use("TkAgg", force=True)
                        from matplotlib import pyplot
                        pyplot.figure()
                    """)
                .function("draw", List.of(), List.of()));
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of("window", "window:\n  draw: []\n").plugins(plugin), queue);
    int windows = client.createExperiment("windows", entrypoint);

    SubmittedJob job = client.job(windows, entrypoint, queue).submit();

    assertThat(job.awaitEnd(LIMIT)).as(job.logText()).isEqualTo("failed");
    assertThat(job.logText()).contains("Cannot load backend", "the author of the plugin");
    finished("greeting");
  }

  private SubmittedJob finished(String entrypoint) throws Exception {
    SubmittedJob job = client.job(experiment, examples.entrypoint(entrypoint), queue).submit();
    assertThat(job.awaitEnd(LIMIT)).as(job.logText()).isEqualTo("finished");
    return job;
  }

  private static String text(StoredArtifact artifact) throws Exception {
    return new String(artifact.download(), StandardCharsets.UTF_8);
  }
}
