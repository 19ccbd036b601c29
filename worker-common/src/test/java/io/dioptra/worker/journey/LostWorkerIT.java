package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/** What becomes of a job whose worker is killed in the middle of it. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class LostWorkerIT {
  /** A Redis that has just started is given half a minute before anybody counts as lost. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final String[] AGAIN = {"--preload", "none", "--lost-job", "requeue"};

  @Test
  void aBusyWorkerFailsTheJobOfAKilledOneInTime(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path gate = folder.resolve("gate");
    try (Workshop shop = Workshop.open(site, "--preload", "none")) {
      Rude rude = Rude.in(shop);
      SubmittedJob busy = rude.submit("wait", gate);
      shop.worker().awaitLine("about to wait", SOON);
      WorkerProcess other = shop.another("--preload", "none");
      SubmittedJob lost = rude.submit("wait", folder.resolve("never"));
      other.awaitLine("about to wait", SOON);
      long killed = System.nanoTime();
      other.kill();
      assertThat(lost.awaitEnd(BOUND)).isEqualTo("failed");
      EndedJob ended = shop.ended(lost);
      Duration took = Duration.ofNanos(System.nanoTime() - killed);
      System.out.println("The job of a killed worker has ended everywhere after " + took);
      assertThat(took).isLessThan(BOUND);
      assertThat(ended.mlflow()).isEqualTo("KILLED");
      assertThat(ended.rq()).isEqualTo("failed");
      assertThat(ended.reason()).contains("The worker that ran this job disappeared");
      assertThat(ended.log()).contains("The worker that ran this job disappeared");
      assertThat(busy.status()).isEqualTo("started");
      Files.createFile(gate);
      assertThat(shop.ended(busy).status()).isEqualTo("finished");
    }
  }

  @Test
  void aLostJobCanBeRunAgainAndEndsWell(DioptraSite site, @TempDir Path folder) throws Exception {
    Path runs = folder.resolve("runs");
    try (Workshop shop = Workshop.open(site, AGAIN)) {
      SubmittedJob job = Rude.in(shop).submit("hang once", runs);
      shop.worker().awaitLine("about to hang once", SOON);
      shop.worker().kill();
      letTimePass(shop);
      shop.another(AGAIN);
      EndedJob ended = shop.ended(job);
      assertThat(ended.status()).isEqualTo("finished");
      assertThat(ended.mlflow()).isEqualTo("FINISHED");
      assertThat(ended.log()).contains("It is run again (1 of 3 times)");
      assertThat(runs).hasContent("run\nrun");
    }
  }

  @Test
  void aJobThatKillsItsWorkersIsNotRunForEver(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (Workshop shop = Workshop.open(site, AGAIN)) {
      SubmittedJob job = Rude.in(shop).submit("wait", folder.resolve("never"));
      WorkerProcess worker = shop.worker();
      for (int loss = 1; loss <= 4; loss++) {
        worker.awaitLine("about to wait", SOON);
        worker.kill();
        letTimePass(shop);
        worker = shop.another(AGAIN);
      }
      assertThat(job.awaitEnd(SOON)).isEqualTo("failed");
      assertThat(shop.ended(job).reason())
          .contains("That happened 4 times within 72 hours, so it is not run again");
    }
  }

  /** Ends the lease that the killed worker left; otherwise that takes more than a minute. */
  private static void letTimePass(Workshop shop) {
    String started = "rq:wip:" + shop.queueName();
    try (Jedis jedis = new Jedis(shop.site().redis())) {
      assertThat(jedis.zcard(started)).isEqualTo(1);
      jedis.zadd(started, 1, jedis.zrange(started, 0, 0).getFirst());
    }
  }
}
