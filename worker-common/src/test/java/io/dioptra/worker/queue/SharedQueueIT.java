package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Several workers on one queue: each job runs once. */
@ParameterizedClass
@ValueSource(strings = {"rq-2.6.1", "rq-2.12.0", "rq-3.0.0"})
@Execution(ExecutionMode.CONCURRENT)
class SharedQueueIT {
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final RedisServer redis;
  private final RqPython python;
  private final Jedis jedis;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("taker-", 0).factory());

  SharedQueueIT(String environment) throws Exception {
    redis = RedisServer.start();
    python = new RqPython(environment, redis.uri());
    jedis = new Jedis(redis.host(), redis.port());
  }

  @AfterEach
  void stop() throws Exception {
    threads.close();
    jedis.close();
    python.close();
    redis.close();
  }

  @Test
  void aPythonWorkerAndOursRunEachJobOnce() throws Exception {
    Process beside = python.rq("worker", "q", "--logging_level", "WARNING");
    try {
      await(() -> python.ask("len(workers())").intValue() == 1);
      python.ask("enqueue_all(1, 250)");
      Future<List<Long>> ours = threads.submit(taker("q"));
      python.ask("enqueue_all(251, 500)");

      List<Long> ran = new ArrayList<>(ours.get());
      await(() -> jedis.zcard("rq:finished:q") == 500);
      List<String> byPython = jedis.lrange("ran-by-python", 0, -1);

      assertThat(ran).as("ours").isNotEmpty();
      assertThat(byPython).as("Python's").isNotEmpty();
      byPython.forEach(job -> ran.add(Long.parseLong(job)));
      assertThat(ran)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
      assertThat(jedis.zcard("rq:wip:q")).isZero();
      assertThat(jedis.llen("rq:queue:q:intermediate")).isZero();
    } finally {
      beside.toHandle().destroy();
      assertThat(new String(beside.getInputStream().readAllBytes(), UTF_8))
          .doesNotContain("Traceback");
    }
  }

  @Test
  void twoOfOursRunEachJobOnce() throws Exception {
    Future<List<Long>> one = threads.submit(taker("q", "other"));
    Future<List<Long>> two = threads.submit(taker("other", "q"));
    python.ask("[enqueue_all(1, 100), enqueue_all(101, 200, 'other')]");

    List<Long> ran = new ArrayList<>(one.get());
    ran.addAll(two.get());

    assertThat(one.get()).isNotEmpty();
    assertThat(two.get()).isNotEmpty();
    assertThat(ran)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    assertThat(jedis.zcard("rq:finished:q") + jedis.zcard("rq:finished:other")).isEqualTo(200);
  }

  /** Runs jobs until the queues have been empty for a while. */
  private Callable<List<Long>> taker(String... queues) {
    QueueSettings settings =
        QueueSettings.of(
            RedisAddress.parse(redis.uri()),
            List.of(queues).stream().map(QueueName::new).toList(),
            WorkerName.fresh());
    return () -> {
      List<Long> ran = new ArrayList<>();
      try (RqWorker worker = RqWorker.register(settings, Clock.systemUTC(), () -> {})) {
        Optional<Claim> claim = worker.take(Duration.ofSeconds(20));
        while (claim.isPresent()) {
          ran.add(claim.get().ticket().job().value());
          assertThat(claim.get().finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);
          claim = worker.take(QUIET);
        }
      }
      return ran;
    };
  }
}
