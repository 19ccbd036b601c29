package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of rq 3 that may run only while they have one of a number of slots. */
@ParameterizedClass
@ValueSource(strings = "rq-3.0.0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsIT extends RqBehaviour {
  @Test
  void aSlotGoesToTheNextWhenItsJobEnds() throws Exception {
    ask(limited(1, 3));
    assertThat(List.of(status(1), status(2), status(3)))
        .containsExactly("queued", "rate_limited", "rate_limited");

    run(FINISHED);
    assertThat(List.of(status(2), status(3))).containsExactly("queued", "rate_limited");
    run(FAILED);
    run(STOPPED);

    assertThat(allowed()).isEmpty();
    assertThat(status(3)).isEqualTo("stopped");
  }

  @Test
  void aJobThatIsTriedAgainAtOnceKeepsItsSlot() throws Exception {
    ask("[enqueue(1, rate_limit=RateLimit('k', 1), retry=Retry(max=1)), " + limited(2, 2) + "]");

    run(FAILED);

    assertThat(allowed()).containsExactly("1");
    assertThat(status(2)).isEqualTo("rate_limited");
  }

  @Test
  void aJobThatIsTriedLaterGivesItsSlotAndGetsIntoLineWhenItIsDue() throws Exception {
    ask(
        "[enqueue(1, rate_limit=RateLimit('k', 1), retry=Retry(max=1, interval=60)), "
            + limited(2, 2)
            + "]");

    run(FAILED);
    assertThat(allowed()).containsExactly("2");
    jedis.zadd("rq:scheduled:q", 1, "1");
    Scheduler.start(settings(), Clock.systemUTC()).close();
    assertThat(status(1)).isEqualTo("rate_limited");

    assertThat(run(FINISHED)).isEqualTo("2");
    assertThat(run(FINISHED)).isEqualTo("1");
  }

  @Test
  void aJobCancelledWhileItRunsGivesItsSlotAtItsEnd() throws Exception {
    ask(limited(1, 2));
    Claim claim = take();
    ask("job(1).cancel()");
    assertThat(allowed()).containsExactly("1");

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.CANCELED);

    assertThat(allowed()).containsExactly("2");
    assertThat(queued()).containsExactly("2");
  }

  @Test
  void aJobDeletedWhileItRunsGivesItsSlotAtItsEnd() throws Exception {
    ask(limited(1, 2));
    Claim claim = take();
    ask("job(1).delete()");
    assertThat(allowed()).containsExactly("1");

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.LEASE_LOST);

    assertThat(allowed()).containsExactly("2");
  }

  @Test
  void aDependentWithALimitGetsIntoLine() throws Exception {
    ask(
        "[enqueue(1), enqueue(2, depends_on='1', rate_limit=RateLimit('k', 1)),"
            + " enqueue(3, depends_on='1', rate_limit=RateLimit('k', 1))]");

    run(FINISHED);

    assertThat(queued()).hasSize(1);
    assertThat(ask("sorted(job(n).get_status().value for n in (2, 3))"))
        .isEqualTo("[\"queued\",\"rate_limited\"]");
    run(FINISHED);
    run(FINISHED);
    assertThat(isIdle()).isTrue();
  }

  @Test
  void aJobThatWasReadyWhenItsReleaserDiedIsQueuedBySweeping() throws Exception {
    ask("[enqueue(1), enqueue(2, depends_on='1')]");
    run(FINISHED);
    jedis.del("rq:queue:q");
    jedis.hset("rq:job:2", "status", "ready_to_enqueue");
    jedis.zadd("rq:ready:q", 1, "2");

    try (Maintenance _ = maintain()) {
      await(() -> queued().contains("2"));
    }

    assertThat(status(2)).isEqualTo("queued");
    assertThat(jedis.exists("rq:ready:q")).isFalse();
  }

  @Test
  void aSlotOfAJobThatIsGoneIsFreedBySweeping() throws Exception {
    ask(limited(1, 2));
    jedis.del("rq:job:1", "rq:queue:q");

    try (Maintenance _ = maintain()) {
      await(() -> queued().contains("2"));
    }

    assertThat(allowed()).containsExactly("2");
    jedis.del("rq:job:2");
    try (Maintenance _ = maintain()) {
      await(() -> !jedis.exists("rq:rl-keys"));
    }
    assertThat(jedis.keys("rq:rl:*")).isEmpty();
  }

  private Maintenance maintain() {
    return new Maintenance(settings(), Clock.systemUTC(), List.of(worker), lost -> {});
  }

  private List<String> allowed() {
    return jedis.zrange("rq:rl:k:allowed", 0, -1);
  }

  private static String limited(int first, int last) {
    return "[enqueue(n, rate_limit=RateLimit('k', 1)) for n in range(%d, %d)]"
        .formatted(first, last + 1);
  }
}
