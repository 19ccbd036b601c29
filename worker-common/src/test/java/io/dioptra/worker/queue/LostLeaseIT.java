package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

@ParameterizedClass
@ValueSource(strings = {"rq-2.6.1", "rq-2.12.0", "rq-3.0.0"})
@Execution(ExecutionMode.CONCURRENT)
class LostLeaseIT {
  private static final JobOutcome FINISHED = new JobOutcome.Finished();

  private final RedisServer redis;
  private final RqPython python;
  private final Jedis jedis;
  private final WorkerName name = WorkerName.fresh();
  private final RqWorker worker;

  LostLeaseIT(String release) throws Exception {
    redis = RedisServer.start();
    python = new RqPython(release, redis.uri());
    jedis = new Jedis(redis.host(), redis.port());
    worker =
        RqWorker.register(
            QueueSettings.of(RedisAddress.parse(redis.uri()), List.of(new QueueName("q")), name)
                .with(RqSettings.DEFAULT.withMonitoringInterval(Duration.ofSeconds(1))),
            Clock.systemUTC(),
            () -> {});
    python.ask("enqueue(12)");
  }

  @AfterEach
  void stop() throws Exception {
    worker.close();
    jedis.close();
    python.close();
    redis.close();
  }

  @Test
  void heartbeatsKeepTheLeaseWhileTheJobRuns() throws Exception {
    Claim claim = take();
    double first = jedis.zscore("rq:wip:q", jedis.zrange("rq:wip:q", 0, -1).getFirst());
    String beat = jedis.hget("rq:job:12", "last_heartbeat");

    await(() -> jedis.zrangeWithScores("rq:wip:q", 0, -1).getFirst().getScore() > first);

    assertThat(jedis.hget("rq:job:12", "last_heartbeat")).isGreaterThan(beat);
    assertThat(Double.parseDouble(jedis.hget("rq:worker:" + name, "current_job_working_time")))
        .isPositive();
    assertThat(claim.early()).isEmpty();
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
  }

  @Test
  void heartbeatsBringBackAWorkerThatRqForgot() throws Exception {
    Claim claim = take();
    jedis.del("rq:worker:" + name);
    jedis.srem("rq:workers", "rq:worker:" + name);
    jedis.srem("rq:workers:q", "rq:worker:" + name);

    await(() -> jedis.sismember("rq:workers:q", "rq:worker:" + name));

    assertThat(python.ask("workers()[0]['born']").booleanValue()).isTrue();
    assertThat(python.ask("workers()[0]['job']").stringValue()).isEqualTo("12");
    claim.finish(FINISHED);
  }

  @Test
  void withoutItsLeaseAnEndWritesNothing() throws Exception {
    Claim claim = take();
    jedis.del("rq:wip:q");

    assertThat(lossOf(claim)).isEqualTo(EarlyEnd.LOST);
    Map<String, String> before = jedis.hgetAll("rq:job:12");
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.LEASE_LOST);

    assertThat(jedis.hgetAll("rq:job:12")).isEqualTo(before);
    assertThat(jedis.exists("rq:results:12", "rq:finished:q", "rq:executions:12")).isZero();
    assertThat(jedis.keys("rq:execution:*")).isEmpty();
    assertThat(jedis.hexists("rq:worker:" + name, "current_job")).isFalse();
    assertThat(jedis.hexists("rq:worker:" + name, "successful_job_count")).isFalse();
  }

  @Test
  void aJobCancelledWhileItRunsStaysSo() throws Exception {
    Claim claim = take();
    python.ask("job(12).cancel()");

    assertThat(lossOf(claim)).isEqualTo(EarlyEnd.CANCELED);
    assertThat(claim.early()).contains(EarlyEnd.CANCELED);
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.CANCELED);

    assertThat(python.ask("state(12)['status']").stringValue()).isEqualTo("canceled");
    assertThat(python.ask("registries()['finished']")).isEmpty();
  }

  @Test
  void aJobDeletedWhileItRunsDoesNotComeBack() throws Exception {
    Claim claim = take();
    python.ask("job(12).delete()");

    assertThat(lossOf(claim)).isEqualTo(EarlyEnd.LOST);
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.LEASE_LOST);

    assertThat(jedis.exists("rq:job:12", "rq:results:12")).isZero();
    assertThat(jedis.hexists("rq:worker:" + name, "current_job")).isFalse();
  }

  @Test
  void anEndIsRecordedOnce() throws Exception {
    Claim claim = take();

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);

    assertThat(jedis.xlen("rq:results:12")).isEqualTo(1);
    assertThat(jedis.hget("rq:worker:" + name, "successful_job_count")).isEqualTo("1");
  }

  @Test
  void aSecondJobIsRefusedWhileOneIsHeld() throws Exception {
    take();

    assertThatThrownBy(() -> worker.take(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
  }

  private Claim take() throws InterruptedException {
    return worker.take(Duration.ofSeconds(20)).orElseThrow();
  }

  private static EarlyEnd lossOf(Claim claim) throws Exception {
    return claim.whenEarly().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
