package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plugins that use the interpreter as if it were theirs alone: their jobs end right, with all that
 * they said, and the next job knows nothing of it.
 */
@ExtendWith(SharedWorkshop.class)
class AwkwardPluginIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fork            | batches True
          spawn           | status 0
          pool            | pool [0, 1, 4, 9]
          pool            | executor [0, 1, 4, 9]
          pool            | a child logs 3
          abandon workers |
          daemonize       |
          threads         |
          signals         | alarm
          chdir           |
          path            |
          dictConfig      | own format: a record by dictConfig
          basicConfig     | a record by basicConfig
          replace streams | back
          redirect        | the file has 'into the file
          settings        | all set
          setsid          | in a session of its own
          C output        | no newline, and no flush
          nonblocking     | 1999 xxx
          """)
  void aTaskMayDoThis(String how, String said, Workshop shop) throws Exception {
    Told told = Told.in(shop, "awkward.py");
    EndedJob job = shop.ended(told.submit(how, ""));
    assertThat(job.status()).as(job.log()).isEqualTo("finished");
    assertThat(job.log())
        .contains("begin " + how, said == null ? "" : said, "=== Run succeeded ===");
    if (!how.equals("redirect")) {
      assertThat(job.log()).containsPattern("done +\\[stdout]");
    }
    theNextJobIsUnaffected(shop);
  }

  @Test
  void aTaskThatClosesAllDescriptorsEndsItsJobAndNoOther(Workshop shop) throws Exception {
    EndedJob job = shop.ended(Told.in(shop, "awkward.py").submit("close all", ""));
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.log()).contains("begin close all", "Bad file descriptor");
    theNextJobIsUnaffected(shop);
  }

  /** As with Dioptra's own worker, whose jobs end by {@code os._exit}. */
  @Test
  void exitHandlersDoNotRun(Workshop shop, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("written");
    EndedJob job = shop.ended(Told.in(shop, "awkward.py").submit("atexit", file));
    assertThat(job.status()).as(job.log()).isEqualTo("finished");
    assertThat(file).doesNotExist();
  }

  private static void theNextJobIsUnaffected(Workshop shop) throws Exception {
    EndedJob next = shop.ended(Told.in(shop, "awkward.py").submit("fork", ""));
    assertThat(next.status()).as(next.log()).isEqualTo("finished");
    assertThat(next.log())
        .contains("begin fork", "batches True")
        .containsPattern("done +\\[stdout]");
  }
}
