package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.QueueException;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

@Execution(ExecutionMode.CONCURRENT)
class RedisOutageIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final RedisServer redis;
  private final LossyLink link;
  private final RqPython python;
  private final Jedis jedis;
  private final QueueSettings settings;
  private final RqWorker worker;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("aside-", 0).factory());

  RedisOutageIT() throws Exception {
    redis = RedisServer.start();
    link = new LossyLink(redis.port());
    python = new RqPython("rq-3.0.0", redis.uri());
    jedis = new Jedis(redis.host(), redis.port());
    settings =
        QueueSettings.of(
            RedisAddress.parse(link.uri()), List.of(new QueueName("q")), WorkerName.fresh());
    worker = RqWorker.register(settings, Clock.systemUTC(), () -> {});
  }

  @AfterEach
  void stop() throws Exception {
    worker.close();
    threads.close();
    jedis.close();
    python.close();
    link.close();
    redis.close();
  }

  @Test
  void aClaimWhoseAnswerIsLostIsGivenAgain() throws Exception {
    assertThat(worker.take(Duration.ZERO)).isEmpty();
    python.ask("[enqueue(1), enqueue(2)]");
    link.loseNextAnswer();

    Claim claim = worker.take(SOON).orElseThrow();

    assertThat(link.hasLostIt()).isTrue();
    assertThat(claim.rqId()).isEqualTo("1");
    assertThat(jedis.zcard("rq:wip:q")).isEqualTo(1);
    assertThat(jedis.lrange("rq:queue:q", 0, -1)).containsExactly("2");
  }

  @Test
  void anEndWhoseAnswerIsLostIsRecordedOnce() throws Exception {
    python.ask("enqueue(1)");
    Claim claim = worker.take(SOON).orElseThrow();
    link.loseNextAnswer();

    assertThat(claim.finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);

    assertThat(link.hasLostIt()).isTrue();
    assertThat(jedis.xlen("rq:results:1")).isEqualTo(1);
    assertThat(jedis.hget("rq:worker:" + settings.name(), "successful_job_count")).isEqualTo("1");
  }

  @Test
  void anEndIsRecordedWhenRedisIsBack() throws Exception {
    python.ask("enqueue(1)");
    Claim claim = worker.take(SOON).orElseThrow();
    link.cut();
    CompletableFuture<Recorded> end = CompletableFuture.supplyAsync(() -> finish(claim), threads);
    assertThatThrownBy(() -> end.get(1, TimeUnit.SECONDS)).isInstanceOf(Exception.class);

    link.mend();

    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(Recorded.YES);
    assertThat(python.ask("state(1)['status']").stringValue()).isEqualTo("finished");
  }

  @Test
  void anEndIsGivenUpWhenPatienceIsOver() throws Exception {
    try (RqWorker hasty =
        RqWorker.register(
            QueueSettings.of(
                    RedisAddress.parse(link.uri()), List.of(new QueueName("q")), WorkerName.fresh())
                .withFinishPatience(Duration.ofSeconds(1)),
            Clock.systemUTC(),
            () -> {})) {
      python.ask("enqueue(1)");
      Claim claim = hasty.take(SOON).orElseThrow();
      link.cut();

      assertThat(finish(claim)).isEqualTo(Recorded.UNREACHABLE);
    }
  }

  @Test
  void theLoopsTurnAlsoWhileRedisIsAway() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    try (RqWorker watched =
        RqWorker.register(
            QueueSettings.of(
                    RedisAddress.parse(link.uri()), List.of(new QueueName("q")), WorkerName.fresh())
                .with(RqSettings.DEFAULT.withMonitoringInterval(Duration.ofSeconds(1)))
                .withFinishPatience(Duration.ofSeconds(1)),
            Clock.systemUTC(),
            turns::incrementAndGet)) {
      python.ask("enqueue(1)");
      Claim claim = watched.take(SOON).orElseThrow();
      link.cut();
      int taken = turns.get();
      await(() -> turns.get() >= taken + 3);

      assertThat(finish(claim)).isEqualTo(Recorded.UNREACHABLE);
      int ended = turns.get();
      try (ExecutorService taker = Executors.newSingleThreadExecutor()) {
        Future<Optional<Claim>> nothing = taker.submit(() -> watched.take(Duration.ZERO));
        await(() -> turns.get() >= ended + 2);
        assertThat(nothing).as("nobody knows whether there is a job").isNotDone();
        watched.stop();
        assertThat(nothing.get(20, TimeUnit.SECONDS)).isEmpty();
      }
    }
  }

  @Test
  void aWaitingWorkerFindsItsWayBackToARestartedRedis() throws Exception {
    CompletableFuture<String> taken = CompletableFuture.supplyAsync(() -> take(worker), threads);
    await(() -> jedis.info("clients").contains("blocked_clients:1"));
    redis.close();
    try (RedisServer restarted = RedisServer.start(redis.port());
        RqPython producer = new RqPython("rq-3.0.0", restarted.uri())) {
      producer.ask("enqueue(7)");

      assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo("7");
      assertThat(producer.ask("workers()[0]['name']").stringValue())
          .isEqualTo(settings.name().value());
    }
  }

  @Test
  void anEndThatAStalledRedisGetsTwiceIsRecordedOnce() throws Exception {
    try (RqWorker hasty = RqWorker.register(impatient(), Clock.systemUTC(), () -> {})) {
      python.ask("enqueue(1)");
      Claim claim = hasty.take(SOON).orElseThrow();
      redis.stall();
      CompletableFuture<Recorded> end = CompletableFuture.supplyAsync(() -> finish(claim), threads);
      assertThatThrownBy(() -> end.get(5, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      redis.goOn();

      assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(Recorded.YES);
      assertThat(claim.early()).isEmpty();
      assertThat(jedis.xlen("rq:results:1")).isEqualTo(1);
      assertThat(jedis.zcard("rq:wip:q")).isZero();
    }
  }

  @Test
  void aClaimThatAStalledRedisGetsTwiceTakesOneJob() throws Exception {
    try (RqWorker hasty = RqWorker.register(impatient(), Clock.systemUTC(), () -> {})) {
      python.ask("[enqueue(1), enqueue(2)]");
      redis.stall();
      CompletableFuture<String> taken = CompletableFuture.supplyAsync(() -> take(hasty), threads);
      assertThatThrownBy(() -> taken.get(5, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      redis.goOn();

      assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo("1");
      assertThat(jedis.zcard("rq:wip:q")).isEqualTo(1);
      assertThat(jedis.lrange("rq:queue:q", 0, -1)).containsExactly("2");
    }
  }

  @Test
  void aRedisThatStaysAwayIsGivenUpBetweenJobsWhereTheSettingsSaySo() throws Exception {
    QueueSettings limited =
        settings().with(RqSettings.DEFAULT.withGiveUpAfter(Duration.ofSeconds(1)));
    try (RqWorker limitedWorker = RqWorker.register(limited, Clock.systemUTC(), () -> {})) {
      link.cut();

      assertThatThrownBy(() -> limitedWorker.take(Duration.ofMinutes(1)))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining(
              "Redis at " + limited.redis().server() + " has not answered for 1 s")
          .hasMessageContaining("--redis-give-up-after");
    }
  }

  @Test
  void aRunningJobIsNotGivenUpHoweverLongRedisIsAway() throws Exception {
    QueueSettings limited =
        settings().with(RqSettings.DEFAULT.withGiveUpAfter(Duration.ofSeconds(1)));
    try (RqWorker limitedWorker = RqWorker.register(limited, Clock.systemUTC(), () -> {})) {
      python.ask("[enqueue(1), enqueue(2)]");
      Claim claim = limitedWorker.take(SOON).orElseThrow();
      link.cut();
      CompletableFuture<Recorded> end = CompletableFuture.supplyAsync(() -> finish(claim), threads);
      assertThatThrownBy(() -> end.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      assertThat(claim.early()).isEmpty();
      link.mend();

      assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(Recorded.YES);
      assertThat(limitedWorker.take(SOON).orElseThrow().rqId()).isEqualTo("2");
    }
  }

  @Test
  void aRedisThatIsNotThereIsSaidWithoutThePassword() throws Exception {
    redis.close();
    RedisAddress gone = RedisAddress.parse("redis://worker:topsecret@127.0.0.1:" + redis.port());

    assertThatThrownBy(
            () ->
                RqWorker.register(
                    QueueSettings.of(gone, List.of(new QueueName("q")), WorkerName.fresh()),
                    Clock.systemUTC(),
                    () -> {}))
        .isInstanceOf(QueueException.class)
        .hasMessage("Error connecting to 127.0.0.1:" + redis.port() + ": Connection refused.")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void aWrongPasswordIsSaidWithoutShowingIt() {
    jedis.configSet("requirepass", "right");
    RedisAddress wrong = RedisAddress.parse("redis://:topsecret@127.0.0.1:" + redis.port());
    try {
      assertThatThrownBy(
              () ->
                  RqWorker.register(
                      QueueSettings.of(wrong, List.of(new QueueName("q")), WorkerName.fresh()),
                      Clock.systemUTC(),
                      () -> {}))
          .isInstanceOf(QueueException.class)
          .hasMessageContaining("refuses this worker")
          .hasMessageNotContaining("topsecret");
    } finally {
      jedis.configSet("requirepass", "");
    }
  }

  private QueueSettings settings() {
    return QueueSettings.of(
        RedisAddress.parse(link.uri()), List.of(new QueueName("q")), WorkerName.fresh());
  }

  /** One that asks again while Redis still has the question. */
  private QueueSettings impatient() {
    return QueueSettings.of(
        RedisAddress.parse(redis.uri() + "?socket_timeout=1"),
        List.of(new QueueName("q")),
        WorkerName.fresh());
  }

  private static Recorded finish(Claim claim) {
    try {
      return claim.finish(new JobOutcome.Finished());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String take(RqWorker worker) {
    try {
      return worker.take(Duration.ofSeconds(60)).orElseThrow().rqId();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
