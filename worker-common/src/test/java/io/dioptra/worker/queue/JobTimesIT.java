package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a job was queued, began and ended, and how long others wait for a sign of it. */
@EachRelease
class JobTimesIT extends RqBehaviour {
  @Test
  void aJobBeginsAfterItWasQueuedAndEndsAfterItBegan() throws Exception {
    ask("enqueue(1)");
    run(FINISHED);

    assertThat(ask("job(1).enqueued_at <= job(1).started_at <= job(1).ended_at")).isEqualTo("true");
    assertThat(ask("job(1).last_heartbeat >= job(1).started_at")).isEqualTo("true");
  }

  @Test
  void aFailedJobKeepsWhenItWasQueued() throws Exception {
    ask("enqueue(1)");
    String queued = field(1, "enqueued_at");

    run(FAILED);

    assertThat(field(1, "enqueued_at")).isEqualTo(queued);
    assertThat(ask("job(1).ended_at is not None")).isEqualTo("true");
  }

  @Test
  void aJobThatIsTriedAgainIsQueuedAnew() throws Exception {
    ask("enqueue(1, retry=Retry(max=1))");
    String queued = field(1, "enqueued_at");

    run(FAILED);

    assertThat(field(1, "enqueued_at")).isGreaterThan(queued);
  }

  @Test
  void aStoppedJobHasNoEnd() throws Exception {
    ask("enqueue(1)");

    run(STOPPED);

    assertThat(ask("[job(1).started_at is not None, job(1).ended_at]")).isEqualTo("[true,null]");
  }

  @Test
  void aShortJobHasAShortLease() throws Exception {
    ask("enqueue(1, timeout=1)");

    Claim claim = take();

    assertThat(jedis.ttl(jedis.keys("rq:execution:1:*").iterator().next())).isBetween(55L, 61L);
    assertThat(claim.ticket().timeout()).contains(Duration.ofSeconds(1));
    claim.finish(FINISHED);
  }

  @Test
  void aJobMayRunForEver() throws Exception {
    ask("enqueue(1, timeout=-1)");

    Claim claim = take();

    assertThat(claim.ticket().timeout()).isEmpty();
    claim.finish(FINISHED);
  }

  @Test
  void aLimitOfWaitingEndsWhenTheJobBegins() throws Exception {
    ask("enqueue(1, ttl=100)");
    assertThat(jedis.ttl("rq:job:1")).isPositive();

    Claim claim = take();

    assertThat(jedis.ttl("rq:job:1")).isEqualTo(-1);
    claim.finish(FINISHED);
  }

  @Test
  void aJobThatIsTriedAgainWaitsNoLongerThanItMay() throws Exception {
    ask("enqueue(1, ttl=100, retry=Retry(max=1))");

    run(FAILED);

    assertThat(jedis.ttl("rq:job:1")).isBetween(90L, 100L);
  }
}
