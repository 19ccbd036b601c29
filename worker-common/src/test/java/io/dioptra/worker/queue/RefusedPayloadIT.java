package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.payload.PayloadReader;
import io.dioptra.worker.queue.payload.SamplePayload;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

@ParameterizedClass
@ValueSource(strings = {"rq-2.6.1", "rq-2.12.0", "rq-3.0.0"})
class RefusedPayloadIT {
  private final RedisServer redis;
  private final RqPython python;
  private final Jedis jedis;
  private final RqWorker worker;

  RefusedPayloadIT(String release) throws Exception {
    redis = RedisServer.start();
    python = new RqPython(release, redis.uri());
    jedis = new Jedis(redis.host(), redis.port());
    worker =
        RqWorker.register(
            QueueSettings.of(
                RedisAddress.parse(redis.uri()), List.of(new QueueName("q")), WorkerName.fresh()),
            Clock.systemUTC(),
            () -> {});
  }

  @AfterEach
  void stop() throws Exception {
    worker.close();
    jedis.close();
    python.close();
    redis.close();
  }

  @Test
  void foreignHostileAndBrokenJobsAreFailedWithTheirReasonAndTheNextJobIsTaken() throws Exception {
    python.ask("Queue('q', connection=redis).enqueue('shutil.rmtree', '/x', job_id='foreign').id");
    push("hostile", SamplePayload.named("refused-reduce"), "60");
    push("garbage", "neither pickle nor JSON".getBytes(UTF_8), "60");
    push("huge", new byte[PayloadReader.MAX_BYTES + 1], "60");
    push("timeless", SamplePayload.named("call-protocol-5"), "0");
    python.ask("enqueue(12)");

    Claim claim = worker.take(Duration.ofSeconds(20)).orElseThrow();

    assertThat(claim.ticket().job()).isEqualTo(new JobId(12));
    claim.finish(new JobOutcome.Finished());
    Map<String, String> reasons =
        Map.of(
            "foreign", "the function \"shutil.rmtree\" is not run here",
            "hostile", "pickle opcode 0x93 is refused",
            "garbage", "the payload is neither a pickle nor JSON",
            "huge", "the payload is larger than 1048576 bytes",
            "timeless", "its timeout is not a number of seconds");
    reasons.forEach((job, reason) -> assertThat(reasonOf(job)).as(job).contains(reason));
    assertThat(python.ask("sorted(registries()['failed'])").toString())
        .isEqualTo("[\"foreign\",\"garbage\",\"hostile\",\"huge\",\"timeless\"]");
    assertThat(python.ask("registries()['started']")).isEmpty();
  }

  @Test
  void aRefusedJobIsNotTriedAgain() throws Exception {
    push("hostile", SamplePayload.named("refused-reduce"), "60");
    jedis.hset("rq:job:hostile", "retries_left", "3");

    assertThat(worker.take(Duration.ZERO)).isEmpty();

    assertThat(jedis.hget("rq:job:hostile", "status")).isEqualTo("failed");
    assertThat(jedis.llen("rq:queue:q")).isZero();
  }

  @Test
  void aKeyThatIsNoJobIsPassedOver() throws Exception {
    jedis.set("rq:job:text", "not a hash");
    jedis.rpush("rq:queue:q", "text");
    python.ask("enqueue(12)");

    assertThat(worker.take(Duration.ofSeconds(20)).orElseThrow().rqId()).isEqualTo("12");
  }

  private String reasonOf(String job) {
    return python.ask("job('" + job + "').latest_result().exc_string").stringValue();
  }

  private void push(String job, byte[] data, String timeout) {
    jedis.hset("rq:job:" + job, Map.of("status", "queued", "origin", "q", "timeout", timeout));
    jedis.hset("rq:job:" + job, "created_at", "2026-05-04T03:02:01.000000Z");
    jedis.hset(("rq:job:" + job).getBytes(UTF_8), "data".getBytes(UTF_8), data);
    jedis.rpush("rq:queue:q", job);
  }
}
