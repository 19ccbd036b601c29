package io.dioptra.worker.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.MappedFile;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.StoredArtifact;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
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
  void aNetworkOfPythonIsEvaluatedAndAttackedOnTheJvm() throws Exception {
    SubmittedJob job = finished("digits_savedmodel");

    assertCompared(job);
    assertThat(job.logText())
        .contains("Loaded SavedModel exported on the CPU", "Projected gradient descent applied");
    assertOneFile(MappedFile.below(worker.pid(), "libtensorflow_cc.so.2"));
  }

  @Test
  @DisabledIfSystemProperty(named = "without.deeplearning4j", matches = ".*")
  void aNetworkIsTrainedAndAttackedOnTheJvm() throws Exception {
    SubmittedJob job = finished("digits_deeplearning4j");

    assertCompared(job);
    assertThat(job.logText()).contains("Epoch 6 of 6: loss", "Loaded the model digits.zip");
  }

  @Test
  void scoresThatAreApartFailTheJob() throws Exception {
    int data =
        client.createPlugin(
            PluginSource.of(
                    "apart",
                    "apart.py",
                    """
                    import numpy as np
                    from dioptra import pyplugs

                    @pyplugs.register
                    def make_scores(difference):
                        scores = np.eye(3, dtype=np.float32)
                        moved = scores.copy()
                        moved[2, 1] += difference
                        return scores, moved, np.arange(3)
                    """)
                .function(
                    "make_scores",
                    List.of("difference", "number"),
                    List.of("scores", "array", "moved", "array", "labels", "labels")));
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(
                    "comparison",
                    """
                    made:
                      make_scores: [$difference]
                    compared:
                      compare_languages:
                        [moved, $made.scores, $made.moved, $made.labels, $accuracy]
                    """)
                .parameter("difference", "float", "0.00005")
                .parameter("accuracy", "float", "1.0")
                .plugins(examples.plugins().getOrDefault("adversarial", -1), data),
            queue);
    int comparisons = client.createExperiment("comparisons", entrypoint);

    SubmittedJob agreed = client.job(comparisons, entrypoint, queue).submit();
    SubmittedJob apart =
        client.job(comparisons, entrypoint, queue).value("difference", 0.00015).submit();
    SubmittedJob miscounted =
        client.job(comparisons, entrypoint, queue).value("accuracy", 0.99).submit();

    assertThat(agreed.awaitEnd(LIMIT)).as(agreed.logText()).isEqualTo("finished");
    assertThat(apart.awaitEnd(LIMIT)).isEqualTo("failed");
    assertThat(apart.logText())
        .contains("class 1 of image 2 has the score 0 in Python and 0.00015 on the JVM");
    assertThat(miscounted.awaitEnd(LIMIT)).isEqualTo("failed");
    assertThat(miscounted.logText()).contains("the accuracy is 1 in Python and 0.99 on the JVM");
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

  /** What Python and the JVM make of the same images, in a job of an example of both. */
  private static void assertCompared(SubmittedJob job) throws Exception {
    Map<String, Double> metrics = job.metrics();
    double clean = metrics.getOrDefault("clean_accuracy", 0.0);
    double attacked = metrics.getOrDefault("white_box_accuracy", 1.0);
    assertThat(clean).isGreaterThan(0.9);
    assertThat(attacked).isLessThan(clean - 0.2);
    assertThat(metrics.get("clean_jvm_accuracy")).isCloseTo(clean, within(1e-6));
    assertThat(metrics.get("white_box_jvm_accuracy")).isCloseTo(attacked, within(1e-6));
    assertThat(metrics.get("clean_scores_apart")).isBetween(0.0, 1e-4);
    assertThat(metrics.get("white_box_scores_apart")).isBetween(0.0, 1e-4);
    assertThat(metrics.get("jvm_fast_gradient_accuracy")).isLessThan(clean - 0.2);
    assertThat(metrics.get("black_box_jvm_accuracy")).isLessThan(0.5);
    assertThat(text(job.artifact("report"))).contains("\"clean_jvm_accuracy\": " + clean);
    assertThat(job.logText())
        .containsPattern("Python and the JVM agree.*clean")
        .containsPattern("Python and the JVM agree.*white_box")
        .containsPattern("HopSkipJump applied.*images=4");
    assertThat(colours(job.artifact("picture"))).isGreaterThan(100);
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

  private static String text(StoredArtifact artifact) throws Exception {
    return new String(artifact.download(), StandardCharsets.UTF_8);
  }
}
