package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/** Workers that are told something by RQ's own tools. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class CommandedWorkerIT {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Test
  void aStoppedJobEndsEverywhereAndTheNextOneRuns(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      Rude rude = Rude.in(shop);
      SubmittedJob job = rude.submit("wait", folder.resolve("never"));
      SubmittedJob next = rude.submit("nothing", "");
      shop.worker().awaitLine("about to wait", BOUND);

      tell(shop, "{\"command\": \"stop-job\", \"job_id\": \"%d\"}".formatted(job.id()));

      EndedJob ended = shop.ended(job);
      assertThat(ended.status()).isEqualTo("failed");
      assertThat(ended.rq()).isEqualTo("stopped");
      assertThat(ended.mlflow()).isEqualTo("KILLED");
      assertThat(ended.log()).contains("Job stopped by user");
      assertThat(shop.ended(next).status()).isEqualTo("finished");
    }
  }

  @Test
  void aKilledJobFailsAndTheNextOneRuns(DioptraSite site, @TempDir Path folder) throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      Rude rude = Rude.in(shop);
      SubmittedJob job = rude.submit("wait", folder.resolve("never"));
      SubmittedJob next = rude.submit("nothing", "");
      shop.worker().awaitLine("about to wait", BOUND);

      tell(shop, "{\"command\": \"kill-horse\"}");

      EndedJob ended = shop.ended(job);
      assertThat(ended.status()).isEqualTo("failed");
      assertThat(ended.rq()).isEqualTo("failed");
      assertThat(ended.reason()).contains("Work-horse terminated unexpectedly");
      assertThat(shop.ended(next).status()).isEqualTo("finished");
    }
  }

  @Test
  void aWorkerThatIsToldToEndDoesWithAllItsSlots(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site, "--concurrency", "2", "--with-scheduler")) {
      tell(shop, "{\"command\": \"shutdown\"}");

      assertThat(shop.worker().process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
      try (Jedis jedis = new Jedis(shop.site().redis())) {
        assertThat(jedis.smembers("rq:workers:" + shop.queueName())).isEmpty();
        assertThat(jedis.exists("rq:scheduler-lock:" + shop.queueName())).isFalse();
      }
      assertThat(shop.worker().log()).contains("Scheduled jobs are queued by this worker");
    }
  }

  /** One of its slots, if it has several. */
  private static void tell(Workshop shop, String command) {
    try (Jedis jedis = new Jedis(shop.site().redis())) {
      String worker = jedis.srandmember("rq:workers:" + shop.queueName());
      assertThat(jedis.publish("rq:pubsub:" + worker.substring("rq:worker:".length()), command))
          .isEqualTo(1);
    }
  }
}
