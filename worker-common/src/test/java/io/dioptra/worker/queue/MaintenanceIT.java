package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static redis.clients.jedis.args.ListDirection.LEFT;
import static redis.clients.jedis.args.ListDirection.RIGHT;

import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

@Execution(ExecutionMode.CONCURRENT)
class MaintenanceIT {
  private static final JobOutcome FAILED =
      new JobOutcome.Failed(FailureKind.ENVIRONMENT, "its worker disappeared");
  private static final long PAST = 1;

  private final RedisServer redis;
  private final RqPython python;
  private final Jedis jedis;
  private final BlockingQueue<LostJob> lost = new LinkedBlockingQueue<>();

  MaintenanceIT() throws Exception {
    redis = RedisServer.start();
    python = new RqPython("dioptra-api-1.2", redis.uri());
    jedis = new Jedis(redis.host(), redis.port());
  }

  @AfterEach
  void stop() throws Exception {
    jedis.close();
    python.close();
    redis.close();
  }

  @Test
  void aJobWhoseWorkerDisappearedIsTakenOverOnce() throws Exception {
    python.ask("enqueue(12)");
    loseWorkerOf("12");
    try (Maintenance one = maintenance(List.of());
        Maintenance two = maintenance(List.of())) {
      Claim claim = nextLost().claim();
      assertThat(claim.ticket().job().value()).isEqualTo(12);
      assertThat(jedis.zcard("rq:wip:q")).isEqualTo(1);
      python.ask("enqueue(13)");
      loseWorkerOf("13");
      assertThat(nextLost().claim().rqId()).isEqualTo("13");
      assertThat(claim.finish(FAILED)).isEqualTo(Recorded.YES);
      assertThat(lost).isEmpty();
      assertThat(one).isNotSameAs(two);
    }
    assertThat(python.ask("state(12)['status']").stringValue()).isEqualTo("failed");
    assertThat(python.ask("registries()['failed']")).hasToString("[\"12\"]");
    assertThat(jedis.keys("rq:execution:12:*")).isEmpty();
    assertThat(jedis.hget("rq:job:12", "ended_at")).isNotBlank();
  }

  @Test
  void aWorkerThatWasOnlySlowFindsItsLeaseGone() throws Exception {
    python.ask("enqueue(12)");
    try (RqWorker slow = worker(RqSettings.DEFAULT);
        Maintenance _ = maintenance(List.of())) {
      Claim claim = slow.take(Duration.ofSeconds(20)).orElseThrow();
      endLeases();
      assertThat(nextLost().claim().finish(FAILED)).isEqualTo(Recorded.YES);
      assertThat(claim.finish(new JobOutcome.Finished())).isEqualTo(Recorded.LEASE_LOST);
    }
    assertThat(jedis.hget("rq:job:12", "status")).isEqualTo("failed");
  }

  @Test
  void whatThisProcessRunsIsNotLost() throws Exception {
    python.ask("enqueue(12)");
    try (RqWorker own = worker(RqSettings.DEFAULT)) {
      Claim claim = own.take(Duration.ofSeconds(20)).orElseThrow();
      endLeases();
      python.ask("enqueue(13)");
      loseWorkerOf("13");
      try (Maintenance _ = maintenance(List.of(own))) {
        assertThat(nextLost().claim().rqId()).isEqualTo("13");
        assertThat(lost).isEmpty();
      }
      assertThat(claim.finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);
    }
  }

  @Test
  void eachLossIsCounted() throws Exception {
    python.ask("enqueue(12)");
    try (Maintenance _ = maintenance(List.of())) {
      for (int loss = 1; loss <= 3; loss++) {
        loseWorkerOf("12");
        LostJob job = nextLost();
        assertThat(job.losses()).isEqualTo(loss);
        assertThat(job.claim().finish(new JobOutcome.GivenBack("again"))).isEqualTo(Recorded.YES);
        assertThat(jedis.hget("rq:job:12", "status")).isEqualTo("queued");
      }
    }
    assertThat(jedis.ttl("rq:dioptra:losses:12")).isBetween(72 * 3600L - 600, 72 * 3600L);
  }

  @Test
  void anAdopterThatDisappearsTooIsNoFurtherLoss() throws Exception {
    python.ask("enqueue(12)");
    loseWorkerOf("12");
    for (int adopter = 1; adopter <= 2; adopter++) {
      try (Maintenance _ = maintenance(List.of())) {
        assertThat(nextLost().losses()).isEqualTo(1);
      }
      endLeases();
    }
  }

  @Test
  void aJobThatAWorkerOfPythonDidNotBeginGoesBackIntoItsQueue() throws Exception {
    python.ask("enqueue(12)");
    jedis.lmove("rq:queue:q", "rq:queue:q:intermediate", LEFT, RIGHT);
    jedis.zadd("rq:wip:q", PAST, "12:0123456789abcdef0123456789abcdef");
    try (Maintenance _ = maintenance(List.of())) {
      await(() -> jedis.llen("rq:queue:q") == 1);
    }
    assertThat(jedis.zcard("rq:wip:q")).isZero();
    assertThat(jedis.exists("rq:queue:q:intermediate")).isFalse();
    assertThat(lost).isEmpty();
  }

  @Test
  void aJobThatIsOverKeepsItsEnd() throws Exception {
    python.ask("enqueue(12)");
    try (RqWorker worker = worker(RqSettings.DEFAULT)) {
      worker.take(Duration.ofSeconds(20)).orElseThrow().finish(new JobOutcome.Finished());
    }
    jedis.zadd("rq:wip:q", PAST, "12:0123456789abcdef0123456789abcdef");
    try (Maintenance _ = maintenance(List.of())) {
      await(() -> jedis.zcard("rq:wip:q") == 0);
    }
    assertThat(jedis.hget("rq:job:12", "status")).isEqualTo("finished");
    assertThat(lost).isEmpty();
  }

  @Test
  void aLostJobThatIsNotDioptrasIsFailedInRq() throws Exception {
    python.ask("enqueue(12)");
    loseWorkerOf("12");
    jedis.hset("rq:job:12", "data", "no call at all");
    try (Maintenance _ = maintenance(List.of())) {
      await(() -> "failed".equals(jedis.hget("rq:job:12", "status")));
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void anEntryThatIsStrandedGoesBackAfterAMinute() throws Exception {
    python.ask("[enqueue(12), enqueue(13)]");
    jedis.lmove("rq:queue:q", "rq:queue:q:intermediate", LEFT, RIGHT);
    jedis.lmove("rq:queue:q", "rq:queue:q:intermediate", LEFT, RIGHT);
    jedis.rpush("rq:queue:q:intermediate", "deleted");
    jedis.set("rq:dioptra:intermediate:12", Long.toString(Instant.now().getEpochSecond() - 61));
    try (Maintenance _ = maintenance(List.of())) {
      await(() -> jedis.lrange("rq:queue:q", 0, -1).equals(List.of("12")));
    }
    assertThat(jedis.lrange("rq:queue:q:intermediate", 0, -1)).containsExactly("13");
    assertThat(jedis.ttl("rq:dioptra:intermediate:13")).isPositive();
  }

  @Test
  void registriesLoseWhatHasExpiredAndNothingElse() throws Exception {
    jedis.zadd("rq:finished:q", Map.of("old", 1d, "kept", 1e12, "ever", Double.POSITIVE_INFINITY));
    jedis.zadd("rq:failed:q", Map.of("old", 1d, "kept", 1e12, "ever", -1d));
    jedis.zadd("rq:deferred:q", 1, "waiting");
    try (Maintenance _ = maintenance(List.of())) {
      await(() -> jedis.zcard("rq:failed:q") == 2);
    }
    assertThat(jedis.zrange("rq:finished:q", 0, -1)).containsExactly("kept", "ever");
    assertThat(jedis.zrange("rq:failed:q", 0, -1)).containsExactly("ever", "kept");
    assertThat(jedis.zcard("rq:deferred:q")).isEqualTo(1);
  }

  @Test
  void deadWorkersAndEmptyGroupsDisappear() throws Exception {
    python.ask("enqueue(12)");
    jedis.sadd("rq:workers", "rq:worker:dead", "rq:worker:other");
    jedis.sadd("rq:workers:q", "rq:worker:dead");
    jedis.sadd("rq:groups", "empty", "full");
    jedis.sadd("rq:group:empty", "99");
    jedis.sadd("rq:group:full", "99", "12");
    try (RqWorker worker = worker(RqSettings.DEFAULT);
        Maintenance _ = maintenance(List.of(worker))) {
      await(() -> !jedis.sismember("rq:groups", "empty"));
      assertThat(jedis.smembers("rq:workers:q")).hasSize(1).doesNotContain("rq:worker:dead");
      assertThat(jedis.smembers("rq:workers")).hasSize(2).contains("rq:worker:other");
    }
    assertThat(jedis.smembers("rq:group:full")).containsExactly("12");
  }

  @Test
  void aSweepOfAnotherWorkerIsLeftAloneAndLostJobsAreNot() throws Exception {
    jedis.set("rq:clean_registries:q", "another");
    jedis.zadd("rq:failed:q", PAST, "old");
    python.ask("enqueue(12)");
    loseWorkerOf("12");
    try (Maintenance _ = maintenance(List.of())) {
      assertThat(nextLost().claim().rqId()).isEqualTo("12");
      assertThat(jedis.zcard("rq:failed:q")).isEqualTo(1);
      jedis.del("rq:clean_registries:q");
      await(() -> jedis.zcard("rq:failed:q") == 0);
      assertThat(jedis.exists("rq:clean_registries:q")).isFalse();
    }
  }

  /** A worker takes the job, which has to be the next one, and is not seen again. */
  private void loseWorkerOf(String job) throws InterruptedException {
    try (RqWorker worker = worker(RqSettings.DEFAULT)) {
      assertThat(worker.take(Duration.ofSeconds(20)).orElseThrow().rqId()).isEqualTo(job);
    }
    String member =
        jedis.zrange("rq:wip:q", 0, -1).stream()
            .filter(it -> it.startsWith(job + ":"))
            .findFirst()
            .orElseThrow();
    jedis.zadd("rq:wip:q", PAST, member);
  }

  private void endLeases() {
    jedis.zrange("rq:wip:q", 0, -1).forEach(it -> jedis.zadd("rq:wip:q", PAST, it));
  }

  private LostJob nextLost() throws InterruptedException {
    LostJob next = lost.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("a job that was taken over").isNotNull();
    return next;
  }

  private RqWorker worker(RqSettings settings) {
    return RqWorker.register(settings(settings), Clock.systemUTC(), () -> {});
  }

  private Maintenance maintenance(List<RqWorker> own) {
    RqSettings hasty = RqSettings.DEFAULT.withMonitoringInterval(Duration.ofSeconds(1));
    return new Maintenance(
        settings(hasty.withMaintenanceInterval(Duration.ofSeconds(1))),
        Clock.systemUTC(),
        own,
        lost::add);
  }

  private QueueSettings settings(RqSettings settings) {
    return QueueSettings.of(
            RedisAddress.parse(redis.uri()), List.of(new QueueName("q")), WorkerName.fresh())
        .with(settings);
  }
}
