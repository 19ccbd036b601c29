package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that uses more than it may is ended with the figures, whatever it does against that. */
@ExtendWith(SharedSite.class)
@Isolated("measures how late a job ends after its deadline")
class JobLimitsIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final String[] LIMITS = {
    "--job-memory", "500m",
    "--job-processes", "20",
    "--job-folder-size", "30m",
    "--job-open-files", "64",
    "--job-grace", Long.toString(GRACE.toSeconds()),
  };

  @Test
  void eachLimitEndsItsJobAndTheNextOneRuns(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site, LIMITS)) {
      Rude rude = Rude.in(shop);
      assertEnded(shop, rude, "hoard", "", "out of memory: the job's processes used", "of the 500");
      assertEnded(shop, rude, "swarm", "40", "too many processes", "20 may");
      assertEnded(shop, rude, "fill", "60", "too many files", "of the 30 that it may");
      EndedJob open = shop.ended(rude.submit("open", "100"));
      assertThat(open.reason()).contains("[Errno 24] Too many open files");

      // What processes share counts once.
      EndedJob share = shop.ended(rude.submit("share", "200"));
      assertThat(share.status()).as(share.log()).isEqualTo("finished");
      assertThat(share.log()).contains("200 shared");
      for (String modest : new String[] {"open", "fill", "nothing"}) {
        EndedJob job = shop.ended(rude.submit(modest, "10"));
        assertThat(job.status()).as(job.log()).isEqualTo("finished");
      }
    }
  }

  private static void assertEnded(
      Workshop shop, Rude rude, String how, String detail, String... words) throws Exception {
    SubmittedJob submitted = rude.submit(how, detail);
    shop.worker().awaitLine("about to " + how, SOON);
    long begin = System.nanoTime();
    EndedJob job = shop.ended(submitted);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.mlflow()).isEqualTo("FAILED");
    assertThat(job.rq()).isEqualTo("failed");
    assertThat(job.reason()).contains(words).contains("the owner of the job");
    assertThat(job.log()).contains("=== Run failed ===", "This can be mended by the owner");
  }

  @ParameterizedTest
  @CsvSource({"doze", "hang in C", "sleep", "be stubborn"})
  void atItsDeadlineAJobShowsWhereItIsAndEnds(String how, DioptraSite site, @TempDir Path folder)
      throws Exception {
    Duration limit = Duration.ofSeconds(2);
    try (Workshop shop = Workshop.open(site, LIMITS)) {
      Path file = folder.resolve("pid");
      Rude rude = Rude.in(shop);
      SubmittedJob submitted =
          rude.kind()
              .job()
              .value("how", how)
              .value("detail", file)
              .timeout(limit.toSeconds() + "s")
              .submit();
      shop.worker().awaitLine("about to " + how, SOON);
      long begin = System.nanoTime();
      EndedJob job = shop.ended(submitted);
      Duration taken = Duration.ofNanos(System.nanoTime() - begin);

      // The stacks are given half a second, and the job's end is told to three servers.
      assertThat(taken).isLessThan(limit.plus(GRACE).plusSeconds(2));
      assertThat(job.status()).isEqualTo("failed");
      assertThat(job.reason()).contains("Task exceeded maximum timeout value (2 seconds)");
      assertThat(job.log())
          .contains("Current thread 0x", "in behave", "rude.py")
          .contains("=== Run failed ===");
      if (Files.exists(file)) {
        assertGone(Long.parseLong(Files.readString(file)));
      }
      assertThat(shop.ended(rude.submit("nothing", "")).status()).isEqualTo("finished");
    }
  }

  private static void assertGone(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(
            it -> assertThat(it.onExit().orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(SOON));
  }

  @Test
  void aModuleThatIsMissingIsAMatterOfTheEnvironment(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      EndedJob job = shop.ended(Rude.in(shop).submit("import", "no_such_module"));
      assertThat(job.reason())
          .contains("No module named 'no_such_module'", "RUN pip install", "the operator");
    }
  }

  @Test
  void theKernelEndsAJobBeforeItsWorker(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      EndedJob job = shop.ended(Rude.in(shop).submit("score", ""));
      assertThat(job.log()).contains("score 1000");
      Path own = Path.of("/proc/" + shop.worker().pid() + "/oom_score_adj");
      assertThat(Integer.parseInt(Files.readString(own).strip())).isLessThan(1000);
    }
  }

  @Test
  void whatAJobHasUsedIsToldAtItsEnd(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      SubmittedJob submitted = Rude.in(shop).submit("share", "100");
      EndedJob job = shop.ended(submitted);
      assertThat(job.log()).containsPattern("Used .* of memory; steps: rude 1\\.\\d\\d s");
      var metrics = TrackedJob.of(site.mlflow(), submitted.mlflowRun()).metrics();
      assertThat(metrics.get("system/step_seconds/rude")).isBetween(1.0, 10.0);
      assertThat(metrics.get("system/job_cpu_seconds")).isBetween(0.01, 10.0);
      assertThat(metrics.get("system/job_memory_peak_megabytes")).isBetween(100.0, 400.0);
    }
  }

  @Test
  void aFullDiskFailsTheJobAndPausesTheWorker(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 60);
        Workshop shop = Workshop.open(site, disk.variables(site), "--preload", "none")) {
      Rude rude = Rude.in(shop);
      EndedJob full = shop.ended(rude.submit("fill", "100"));
      assertThat(full.reason()).contains("[Errno 28]", "The disk of the worker is full");

      Path other = disk.fill(40);
      SubmittedJob waiting = rude.submit("nothing", "");
      shop.worker().awaitLine("No job is taken, as ", Duration.ofSeconds(30));
      assertThat(waiting.status()).isEqualTo("queued");
      Files.delete(other);
      assertThat(shop.ended(waiting).status()).isEqualTo("finished");
    }
  }
}
