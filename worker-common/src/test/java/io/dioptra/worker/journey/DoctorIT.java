package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doctor on the environment of this checkout, whole and broken. */
class DoctorIT {
  private static final Duration BOUND = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void theWorkersOwnEnvironmentIsWell() throws Exception {
    String report = report(0, Map.of(), "doctor", "--image");
    assertThat(report)
        .contains("ok       Java 25", "ok       Python 3.11", "ok       import dioptra.client")
        .contains("packages fit together", "ok       the task host starts")
        .contains("ok       work folder " + folder, "ok       shared memory /dev/shm")
        .doesNotContain("error", "warning")
        .endsWith("Jobs can run here.");
  }

  /** What a site can do to itself: a package that is broken, and one that does not fit. */
  @Test
  void anEnvironmentThatIsBrokenIsToldWithAdvice() throws Exception {
    Path packages = Files.createDirectories(folder.resolve("site-packages"));
    Files.writeString(packages.resolve("structlog.py"), "import nothing_of_this_name\n");
    Path metadata = Files.createDirectory(packages.resolve("eager-1.0.dist-info"));
    Files.writeString(
        metadata.resolve("METADATA"),
        "Metadata-Version: 2.1\nName: eager\nVersion: 1.0\nRequires-Dist: numpy<1.20\n");
    JsonNode checks =
        JsonMapper.shared()
            .readTree(report(1, Map.of("PYTHONPATH", packages.toString()), "doctor", "--json"))
            .path("checks");
    assertThat(checks.valueStream().filter(it -> it.path("level").asString().equals("error")))
        .extracting(it -> it.path("what").asString(), it -> it.path("advice").asString())
        .contains(
            tuple(
                "structlog cannot be imported: ModuleNotFoundError: No module named"
                    + " 'nothing_of_this_name'",
                "install what it needs, or undo what changed structlog"))
        .anySatisfy(it -> assertThat(it.toString()).contains("eager needs numpy<1.20, but 1.26"));
  }

  @Test
  void aPythonThatIsNotThereIsToldAndSoIsATaskHostThatDoesNotStart() throws Exception {
    String report = report(1, Map.of("DIOPTRA_WORKER_PYTHON", "/no/such/python"), "doctor");
    assertThat(report)
        .contains("error    Python cannot be started: ")
        .contains("error    the task host does not start: ")
        .endsWith("Jobs would fail here. Errors: 2");
  }

  @Test
  void certificatesThatCannotBeReadAreTold() throws Exception {
    Path bundle = Files.writeString(folder.resolve("bundle"), "-----BEGIN CERTIFICATE-----\nno\n");
    assertThat(report(1, Map.of("AWS_CA_BUNDLE", bundle.toString()), "doctor"))
        .contains("error    The certificates in " + bundle + ", named by AWS_CA_BUNDLE, cannot");
    assertThat(report(1, Map.of("AWS_CA_BUNDLE", "/no/such/bundle"), "doctor"))
        .contains("AWS_CA_BUNDLE=/no/such/bundle cannot be read");
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() throws Exception {
    assertThat(report(1, Map.of("HOME", "/proc"), "doctor", "--image"))
        .contains("error    home folder /proc cannot be written")
        .contains("mount a folder or a tmpfs there");
  }

  private String report(int status, Map<String, String> more, String... arguments)
      throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put(
        "DIOPTRA_WORKER_PYTHON", PythonEnvironment.named("worker-common").interpreter().toString());
    variables.putAll(more);
    try (WorkerProcess worker =
        WorkerProcess.start("worker-common", variables, folder, arguments)) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND);
      String log = worker.log().strip();
      assertThat(worker.process().onExit().get()).as(log).isEqualTo(status);
      return log;
    }
  }
}
