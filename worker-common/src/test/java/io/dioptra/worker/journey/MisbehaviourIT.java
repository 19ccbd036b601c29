package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.SubmittedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a task does, its job gets an end with a reason, and the next job runs. */
@ExtendWith(SharedWorkshop.class)
class MisbehaviourIT {
  private Workshop shop;
  private Rude rude;

  @BeforeEach
  void open(Workshop shared) throws Exception {
    shop = shared;
    rude = Rude.in(shared);
  }

  @AfterEach
  void theNextJobRuns() throws Exception {
    EndedJob next = shop.ended(rude.submit("nothing", ""));
    assertThat(next.status()).as(next.log()).isEqualTo("finished");
    assertThat(next.rq()).isEqualTo("finished");
    assertThat(next.mlflow()).isEqualTo("FINISHED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          raise | it is what it is | ValueError: it is what it is
          exit  | 1                | the plugin called sys.exit(1)
          exit  | 0                | the plugin called sys.exit(0)
          leave | 0                | left with exit status 0
          leave | 3                | left with exit status 3
          abort | -                | was ended by signal 6 (SIGABRT)
          crash | -                | was ended by signal 11 (SIGSEGV)
          kill  | 9                | was ended by signal 9 (SIGKILL)
          kill  | 15               | was ended by signal 15 (SIGTERM)
          """)
  void aTaskThatEndsBadlyFailsItsJobWithTheReason(String how, String detail, String reason)
      throws Exception {
    EndedJob job = shop.ended(rude.submit(how, detail));
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.mlflow()).isEqualTo("FAILED");
    assertThat(job.rq()).isEqualTo("failed");
    assertThat(job.reason()).contains(reason, "step \"rude\"", "the author of the plugin");
    assertThat(job.log())
        .contains("Running step: rude", "about to " + how, "=== Run failed ===")
        .contains(reason, "This can be mended by the author of the plugin.");
  }

  @Test
  void theLogOfACrashHasThePythonLinesItCameFrom() throws Exception {
    EndedJob job = shop.ended(rude.submit("crash", ""));
    assertThat(job.log())
        .contains("Fatal Python error: Segmentation fault")
        .contains("rude.py", "_touch_nothing");
  }

  @Test
  void aTaskThatPrintsRubbishIsFinished() throws Exception {
    EndedJob job = shop.ended(rude.submit("rubbish", ""));
    assertThat(job.status()).as(job.log()).isEqualTo("finished");
    assertThat(job.log())
        .contains("through python \uFFFD\uFFFD")
        .contains("through the descriptor \uFFFD\uFFFD");
  }

  @Test
  void aChildThatOutlivesItsTaskNeitherBlocksTheJobNorLives(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pid");
    EndedJob job = shop.ended(rude.submit("fork", file));
    assertThat(job.status()).as(job.log()).isEqualTo("finished");
    long pid = Long.parseLong(Files.readString(file));
    ProcessHandle.of(pid)
        .ifPresent(
            child ->
                assertThat(child.onExit().orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(WAIT));
  }

  @Test
  void aJobThatTakesTooLongIsEndedThoughItCatchesEverything() throws Exception {
    SubmittedJob slow =
        rude.kind().job().value("how", "sleep").value("detail", "").timeout("2s").submit();
    EndedJob job = shop.ended(slow);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.mlflow()).isEqualTo("FAILED");
    assertThat(job.log())
        .contains("Task exceeded maximum timeout value (2 seconds)")
        .contains("the owner of the job, with more memory, disk or time");
    assertThat(job.reason()).contains("Task exceeded maximum timeout value (2 seconds)");
  }

  private static final Duration WAIT = Duration.ofSeconds(10);
}
