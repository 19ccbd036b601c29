package io.dioptra.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.api.LogEntry;
import io.dioptra.worker.config.Secret;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogTest {
  private static final JobId JOB = new JobId(24);

  @TempDir private Path folder;

  private final BlockingQueue<List<LogEntry>> batches = new LinkedBlockingQueue<>();

  @Test
  void theFirstLineLeavesAtOnceAndTheRestInFewRequests() throws Exception {
    JobLog log = log(batches::add);
    log.log(line(0));
    assertThat(batches.poll(5, TimeUnit.SECONDS)).hasSize(1);

    for (int i = 1; i < 250; i++) {
      log.log(line(i));
    }

    assertThat(log.close(Duration.ofSeconds(5))).isZero();
    assertThat(batches).hasSizeLessThanOrEqualTo(3).allMatch(batch -> batch.size() <= 500);
    List<String> messages = new ArrayList<>();
    batches.forEach(batch -> batch.forEach(entry -> messages.add(entry.message())));
    assertThat(messages).hasSize(249);
    for (int i = 1; i < 250; i++) {
      assertThat(messages.get(i - 1)).contains("line " + i + " ");
    }
  }

  @Test
  void inAHurryNoLineWaitsForMore() throws Exception {
    JobLog log = log(batches::add);
    log.hurry();

    // Twenty pauses would take four seconds.
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    for (int i = 0; i < 20; i++) {
      log.log(line(i));
      assertThat(batches.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS)).hasSize(1);
    }

    assertThat(log.close(Duration.ofSeconds(5))).isZero();
  }

  @Test
  void nobodyWaitsForAnApiThatDoesNotAnswerAndTheLossIsCounted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    JobLog log =
        log(
            _ -> {
              asked.countDown();
              never.await();
            });
    log.log(line(0));
    assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
    log.log(line(1));
    log.log(line(2));

    assertThat(log.close(Duration.ofMillis(50))).isEqualTo(3);
  }

  @Test
  void aLogWithoutLinesSendsNothing() throws Exception {
    JobLog log = log(batches::add);

    assertThat(log.close(Duration.ofSeconds(5))).isZero();
    assertThat(batches).isEmpty();
  }

  @Test
  void secretsAreMaskedInWhatIsSent() throws Exception {
    JobLog log = log(batches::add);
    log.mask(List.of(new Secret("open sesame")));
    log.log(
        new LogLine(
            Instant.EPOCH, Severity.INFO, "x", "open sesame", "k='open sesame'", "open sesame"));

    assertThat(log.close(Duration.ofSeconds(5))).isZero();
    assertThat(batches.remove().getFirst().message())
        .doesNotContain("sesame")
        .contains("***", "k='***'", "\n***");
    assertThat(log.masked("say open sesame")).isEqualTo("say ***");
  }

  @Test
  void theEndWaitsUntilAllIsSentAndTheLogGoesOn() throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    JobLog log =
        log(
            lines -> {
              ready.await();
              batches.add(lines);
            });
    log.log(line(0));
    assertThat(log.finish(Duration.ofMillis(20))).isFalse();
    ready.countDown();
    assertThat(log.finish(Duration.ofSeconds(5))).isTrue();
    log.log(line(1));
    assertThat(log.close(Duration.ofSeconds(5))).isZero();
    assertThat(batches).hasSize(2);
  }

  private JobLog log(JobLog.Destination destination) {
    return new JobLog(
        JOB,
        destination,
        new Backlog(new Backlog.Room(1 << 20, 0, 0, 0), new Spool(folder, 1)),
        Masks.none());
  }

  private static LogLine line(int number) {
    return LogLine.of(Instant.EPOCH, Severity.INFO, "tests", "line " + number + " ");
  }
}
