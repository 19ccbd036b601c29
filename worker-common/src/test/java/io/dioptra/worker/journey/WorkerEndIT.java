package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/** How workers end: each of these tests spends one. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class WorkerEndIT {
  private static final Duration BOUND = Duration.ofSeconds(10);

  @Test
  void aWorkerThatIsToldToEndFinishesItsJobAndTakesNoOther(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path gate = folder.resolve("gate");
    try (Workshop shop = Workshop.open(site)) {
      Rude rude = Rude.in(shop);
      SubmittedJob job = rude.submit("wait", gate);
      SubmittedJob next = rude.submit("nothing", "");
      String name = nameInRq(shop);
      shop.worker().awaitLine("about to wait", BOUND);
      process(shop).destroy();
      shop.worker().awaitLine("Told to end", BOUND);
      assertThat(job.status()).isEqualTo("started");
      Files.createFile(gate);
      assertThat(shop.worker().process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
      assertThat(shop.ended(job).status()).isEqualTo("finished");
      assertThat(next.status()).isEqualTo("queued");
      assertDead(shop, name);
    }
  }

  @Test
  void anIdleWorkerThatIsToldToEndIsGoneWithinTwoSeconds(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      String name = nameInRq(shop);
      List<ProcessHandle> family = process(shop).descendants().toList();
      process(shop).destroy();
      assertThat(shop.worker().process().onExit())
          .succeedsWithin(Duration.ofSeconds(2))
          .isEqualTo(0);
      assertDead(shop, name);
      assertThat(family).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void aSecondSignalEndsTheJobAndTheWorker(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (Workshop shop = Workshop.open(site)) {
      SubmittedJob job = Rude.in(shop).submit("wait", folder.resolve("never"));
      shop.worker().awaitLine("about to wait", BOUND);
      shop.worker().terminate();
      shop.worker().awaitLine("Told to end", BOUND);
      // Within a second both count as one; nothing tells when that second is over, so it is waited
      // out.
      shop.worker().terminate();
      Thread.sleep(Duration.ofMillis(1500));
      assertThat(job.status()).isEqualTo("started");
      shop.worker().terminate();
      assertThat(shop.worker().process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
      EndedJob ended = shop.ended(job);
      assertThat(ended.status()).isEqualTo("failed");
      assertThat(ended.mlflow()).isEqualTo("FAILED");
      assertThat(ended.rq()).isEqualTo("failed");
      assertThat(ended.log()).contains("The worker was told to end and could not wait");
    }
  }

  @Test
  void aJobThatTakesLongerThanTheTimeoutIsGivenBackAndRunAgain(
      DioptraSite site, @TempDir Path folder) throws Exception {
    try (Workshop shop =
        Workshop.open(site, "--shutdown-timeout", "1", "--on-shutdown", "requeue")) {
      Path runs = folder.resolve("runs");
      SubmittedJob job = Rude.in(shop).submit("hang once", runs);
      shop.worker().awaitLine("about to hang once", BOUND);
      shop.worker().terminate();
      assertThat(shop.worker().process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
      assertThat(job.status()).isEqualTo("queued");
      shop.another();
      EndedJob ended = shop.ended(job);
      assertThat(ended.status()).isEqualTo("finished");
      assertThat(ended.mlflow()).isEqualTo("FINISHED");
      assertThat(ended.log()).contains("It is run again by the next worker");
      assertThat(runs).hasContent("run\nrun");
    }
  }

  @Test
  void nothingOfAWorkerThatIsKilledOutlivesIt(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path child = folder.resolve("child");
    try (Workshop shop = Workshop.open(site)) {
      Rude rude = Rude.in(shop);
      rude.submit("wait", child);
      shop.worker().awaitLine("about to wait", BOUND);
      List<ProcessHandle> family = process(shop).descendants().toList();
      assertThat(family).hasSizeGreaterThanOrEqualTo(2);
      process(shop).destroyForcibly();
      assertThat(family).allSatisfy(python -> assertThat(python.onExit()).succeedsWithin(BOUND));
    }
  }

  private static ProcessHandle process(Workshop shop) {
    Optional<ProcessHandle> worker = ProcessHandle.of(shop.worker().pid());
    return worker.orElseThrow();
  }

  /** What RQ calls the worker of this workshop. */
  private static String nameInRq(Workshop shop) {
    try (Jedis jedis = new Jedis(shop.site().redis())) {
      return jedis.smembers("rq:workers").stream()
          .filter(key -> shop.queueName().equals(jedis.hget(key, "queues")))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertDead(Workshop shop, String name) {
    try (Jedis jedis = new Jedis(shop.site().redis())) {
      assertThat(jedis.smembers("rq:workers")).doesNotContain(name);
      assertThat(jedis.hget(name, "death")).isNotBlank();
    }
  }
}
