package io.dioptra.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.api.ApiProblems;
import io.dioptra.worker.host.usage.Excess;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome.Failed;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.tracking.TrackingProblems;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private static final String STEP = "step \"train\"";

  @Test
  void anOutcomeThatIsKnownAlreadyIsKept() {
    Failed known = new Failed(FailureKind.INPUT, "Errors found in Job YAML: []");
    assertThat(Failures.of(new AttemptException(known))).isEqualTo(known);
  }

  @Test
  void whatTheApiRefusesBecauseOfTheEntrypointIsTheOwners() {
    Failed failed =
        Failures.of(
            ApiProblems.refused(
                "GET /jobs/7/config", 400, "EntrypointValidationError", "no task plugin"));
    assertThat(failed.kind()).isEqualTo(FailureKind.INPUT);
    assertThat(failed.message())
        .contains("GET /jobs/7/config", "EntrypointValidationError", "no task plugin");
  }

  @Test
  void whatTheApiDoesNotUnderstandIsADefectOfTheWorker() {
    Failed failed = Failures.of(ApiProblems.refused("POST /jobs/7/log", 400, "", "Unknown field."));
    assertThat(failed.kind()).isEqualTo(FailureKind.WORKER);
  }

  @Test
  void anAccountThatIsRefusedIsTheOperators() {
    Failed failed = Failures.of(ApiProblems.loginRefused("check DIOPTRA_WORKER_PASSWORD"));
    assertThat(failed)
        .isEqualTo(new Failed(FailureKind.ENVIRONMENT, "check DIOPTRA_WORKER_PASSWORD"));
  }

  @Test
  void anApiThatIsAwayIsTheOperators() {
    Failed failed = Failures.of(ApiProblems.unreachable("connection refused for 300 s"));
    assertThat(failed)
        .isEqualTo(new Failed(FailureKind.ENVIRONMENT, "connection refused for 300 s"));
  }

  @Test
  void aParameterThatMlflowDoesNotTakeIsTheOwners() {
    Failed failed = Failures.of(TrackingProblems.refused(400, "INVALID_PARAMETER_VALUE", "key"));
    assertThat(failed.kind()).isEqualTo(FailureKind.INPUT);
    assertThat(failed.message()).contains("INVALID_PARAMETER_VALUE: key");
  }

  @Test
  void anArtifactStoreThatDoesNotTakeAFileIsTheOperators() {
    Failed failed = Failures.of(TrackingProblems.notStored("no bucket"));
    assertThat(failed).isEqualTo(new Failed(FailureKind.ENVIRONMENT, "no bucket"));
  }

  @Test
  void aFullDiskIsAMatterOfResources() {
    Failed failed =
        Failures.of(new FileSystemException("/job/array.npy", null, "No space left on device"));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCE);
    assertThat(failed.message()).contains("The disk of the worker is full", "/job/array.npy");
  }

  @Test
  void aDiskThatIsFullInTheMiddleOfAFileIsAMatterOfResources() {
    Failed failed = Failures.of(new IOException("No space left on device"));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCE);
    assertThat(failed.message()).contains("The disk of the worker is full");
  }

  @Test
  void aFileThatCannotBeReadIsTheOperators() {
    Failed failed = Failures.of(new NoSuchFileException("/job/plugins"));
    assertThat(failed.kind()).isEqualTo(FailureKind.ENVIRONMENT);
    assertThat(failed.message()).contains("/job/plugins");
  }

  @Test
  void everythingElseIsADefectOfTheWorker() {
    Failed failed = Failures.of(new IllegalStateException("odd"));
    assertThat(failed.kind()).isEqualTo(FailureKind.WORKER);
    assertThat(failed.message()).contains("The worker has a defect", "odd");
  }

  @Test
  void anExceptionOfATaskIsToldWithItsTraceback() {
    Failed failed =
        Failures.of(
            new TaskFailure.Raised("ValueError", "no", "Traceback …\nValueError: no\n"), STEP);
    assertThat(failed)
        .isEqualTo(
            new Failed(
                FailureKind.PLUGIN,
                "In step \"train\": ValueError: no\nTraceback …\nValueError: no"));
  }

  @ParameterizedTest
  @CsvSource({
    "MEMORY, RESOURCE, batches",
    "DISK, RESOURCE, disk",
    "MODULE, ENVIRONMENT, RUN pip",
    "JVM, ENVIRONMENT, DIOPTRA_WORKER_JVM_OPTS"
  })
  void whatATaskLacksIsNotThePluginsMatter(
      TaskFailure.Means what, FailureKind kind, String advice) {
    var raised = new TaskFailure.Raised("OSError", "there is none", "Traceback …");
    Failed failed = Failures.of(new TaskFailure.Lacked(what, raised), STEP);
    assertThat(failed.kind()).isEqualTo(kind);
    assertThat(failed.message()).contains("OSError: there is none", "Traceback …", advice);
  }

  @Test
  void whoUsesTooMuchIsToldHowMuch() {
    assertThat(Failures.of(new Excess.Memory(3L << 20, 2L << 20)).message())
        .contains("out of memory", "3 MiB of the 2", "--job-memory");
    assertThat(Failures.of(new Excess.Processes(9, 8)).message()).contains("9 ran", "8 may");
    assertThat(Failures.of(new Excess.Folder(3L << 20, 2L << 20)).message())
        .contains("3 MiB of the 2", "--job-folder-size");
  }

  @Test
  void aProcessThatTheKernelEndedForMemoryIsAMatterOfResources() {
    Failed failed = Failures.of(new TaskFailure.OutOfMemory("was ended by signal 9"), STEP);
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCE);
    assertThat(failed.message()).contains("out of memory", "was ended by signal 9");
  }

  @Test
  void aTaskThatIsNotThereIsThePlugins() {
    Failed failed = Failures.of(new TaskFailure.NotFound("Could not find any function"), STEP);
    assertThat(failed)
        .isEqualTo(
            new Failed(FailureKind.PLUGIN, "In step \"train\": Could not find any function"));
  }

  @Test
  void aTaskThatExitsIsToldHowATaskEnds() {
    Failed failed = Failures.of(new TaskFailure.CalledExit("1", ""), STEP);
    assertThat(failed)
        .isEqualTo(
            new Failed(
                FailureKind.PLUGIN,
                "In step \"train\": the plugin called sys.exit(1); a task ends by returning or"
                    + " raising."));
  }

  @Test
  void aHostThatEndedIsToldWithTheWayItDid() {
    Failed failed = Failures.of(new TaskFailure.HostEnded("was ended by signal 6"), STEP);
    assertThat(failed.kind()).isEqualTo(FailureKind.PLUGIN);
    assertThat(failed.message())
        .isEqualTo(
            "In step \"train\": the process of the tasks was ended by signal 6 before it"
                + " answered.");
  }
}
