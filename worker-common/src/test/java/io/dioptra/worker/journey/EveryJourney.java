package io.dioptra.worker.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.JobLogLine;
import io.dioptra.worker.testing.SubmittedJob;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What jobs do on every kind of site. */
@ExtendWith(SharedWorkshop.class)
abstract class EveryJourney {
  private static final Pattern LINE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"
              + " \\[(debug|info|warning|error|critical) *] .{30,} \\[[^\\]]+](?s:.*)");

  private final Workshop shop;

  EveryJourney(Workshop shop) {
    this.shop = shop;
  }

  final Workshop shop() {
    return shop;
  }

  @Test
  void aTextArtifactOfOneJobIsTheInputOfAnother() throws Exception {
    Letters letters = Letters.in(shop);
    SubmittedJob first = letters.write("Bob & <Alice>");
    assertFinished(shop.ended(first));
    assertThat(first.artifact("letter").fileName()).isEqualTo("letter.txt");
    assertThat(new String(first.artifact("letter").download(), UTF_8))
        .isEqualTo("Hello, Bob & <Alice>");

    SubmittedJob second = letters.read(first.artifact("letter"));
    assertFinished(shop.ended(second));
    assertThat(new String(second.artifact("answer").download(), UTF_8))
        .isEqualTo("HELLO, BOB & <ALICE>");
  }

  @Test
  void theLogLooksAsUsersKnowIt() throws Exception {
    SubmittedJob job = Letters.in(shop).write("Bob & <Alice>");
    assertFinished(shop.ended(job));
    List<JobLogLine> log = job.log();
    assertThat(log).extracting(JobLogLine::message).allMatch(LINE.asMatchPredicate());
    assertThat(log)
        .extracting(line -> line.message().substring("2026-11-22T12:46:49.884600Z ".length()))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "[info     ] Running step: greeting        "
                            + " [dioptra.task_engine.task_engine]"),
            line ->
                assertThat(line)
                    .matches(
                        "\\[info     ] greeting                       \\[j[0-9a-f]+\\.greeting]"
                            + " name='Bob &amp; &lt;Alice&gt;'"),
            line ->
                assertThat(line)
                    .matches(
                        "\\[info     ] Step \"greeting\" done: 1 of 1, \\d\\.\\d\\d s"
                            + " \\[dioptra.task_engine.task_engine]"),
            line ->
                assertThat(line)
                    .matches(
                        "\\[info     ] Used \\d.\\d\\d s of processor time and up to \\d+ MiB of"
                            + " memory; steps: greeting \\d\\.\\d\\d s"
                            + " \\[dioptra.sdk.utilities.run_dioptra_job]"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "[info     ] === Run succeeded ===         "
                            + " [dioptra.rq.tasks.run_v1_dioptra_job]"
                            + " experiment_id=%d job_id=%d".formatted(job.experiment(), job.id())));
    assertThat(log).extracting(JobLogLine::severity).containsOnly("INFO");
  }

  @Test
  void theMlflowRunHoldsWhatTheJobWas() throws Exception {
    Letters letters = Letters.in(shop);
    SubmittedJob job = letters.write("Bob");
    assertFinished(shop.ended(job));
    TrackedJob run = TrackedJob.of(shop.site().mlflow(), job.mlflowRun());
    assertThat(run.status()).isEqualTo("FINISHED");
    assertThat(run.params()).containsOnly(Map.entry("name", "Bob"));
    assertThat(run.tags()).containsEntry("dioptra.jobId", Integer.toString(job.id()));
    assertThat(run.artifact(letters.writingName()))
        .startsWith("{\n  \"")
        .contains("\"greeting\": {\n      \"greet\": \"$name\"\n    }");
  }

  @Test
  void arraysTravelAsFilesAndAsFolders() throws Exception {
    Figures figures = Figures.in(shop);
    SubmittedJob first = figures.writing().job().value("count", "4").submit();
    assertFinished(shop.ended(first));
    assertThat(first.artifacts()).containsOnlyKeys("array", "table", "folder");
    assertThat(first.artifact("array").download()).asString(ISO_8859_1).contains("NUMPY");
    assertThat(first.artifact("table").download()).asString().isEqualTo("-1.50;-0.50;0.50;1.50\n");
    assertThat(first.artifact("folder").isFolder()).isTrue();

    SubmittedJob second =
        figures
            .reading()
            .job()
            .input("array", first.artifact("array"))
            .input("folder", first.artifact("folder"))
            .submit();
    EndedJob ended = shop.ended(second);
    assertFinished(ended);
    assertThat(ended.log()).contains("total is 6.0");
  }

  static void assertFinished(EndedJob job) {
    assertThat(job.status()).as(job.log()).isEqualTo("finished");
    assertThat(job.rq()).isEqualTo("finished");
    assertThat(job.mlflow()).isEqualTo("FINISHED");
    assertThat(job.log()).contains("=== Run succeeded ===");
  }
}
