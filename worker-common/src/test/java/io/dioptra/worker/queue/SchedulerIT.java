package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Jobs that are to be queued later. */
@EachRelease
class SchedulerIT extends RqBehaviour {
  @Test
  void jobsThatAreDueAreQueuedAndOthersAreNot() {
    ask("[schedule(1, -5), schedule(2, -5, 'first'), schedule(3, 60), schedule(4, -5, 'other')]");

    try (Scheduler _ = start()) {
      assertThat(queued()).containsExactly("1");
      assertThat(jedis.lrange("rq:queue:first", 0, -1)).containsExactly("2");
      assertThat(ask("[registries()['scheduled'], registries('other')['scheduled']]"))
          .isEqualTo("[[\"3\"],[\"4\"]]");
      assertThat(status(1)).isEqualTo("queued");
      assertThat(ask("job(1).enqueued_at is not None")).isEqualTo("true");
    }
  }

  @Test
  void aJobIsQueuedWhenItIsDue() throws Exception {
    try (Scheduler _ = start()) {
      ask("schedule(1, 1)");

      await(() -> queued().contains("1"));
      assertThat(jedis.exists("rq:scheduled:q")).isFalse();
    }
  }

  @Test
  void twoSchedulersQueueAJobOnce() throws Exception {
    ask("[schedule(number, -5) for number in range(1, 301)]");

    try (Scheduler one = start();
        Scheduler two = start()) {
      assertThat(one.name()).isNotEqualTo(two.name());
      await(() -> jedis.zcard("rq:scheduled:q") == 0);

      assertThat(queued()).hasSize(300).doesNotHaveDuplicates();
      assertThat(jedis.get("rq:scheduler-lock:q")).isEqualTo(one.name());
    }
  }

  @Test
  void aLockOfAnotherSchedulerIsRespectedUntilItIsGone() throws Exception {
    jedis.set("rq:scheduler-lock:q", "another");
    ask("[schedule(1, -5), schedule(2, -5, 'first')]");

    try (Scheduler _ = start()) {
      assertThat(jedis.lrange("rq:queue:first", 0, -1)).containsExactly("2");
      assertThat(queued()).isEmpty();
    }
    assertThat(jedis.get("rq:scheduler-lock:q")).isEqualTo("another");
  }

  @Test
  void rqsOwnSchedulerKeepsAwayWhileOursIsThere() {
    String acquired = "sorted(RQScheduler(['first', 'q'], redis).acquire_locks())";
    try (Scheduler scheduler = start()) {
      assertThat(ask(acquired)).isEqualTo("[]");
      assertThat(ask("Queue('q', connection=redis).scheduler_pid"))
          .isIn(scheduler.name(), Long.toString(ProcessHandle.current().pid()));
      assertThat(jedis.ttl("rq:scheduler-lock:q")).isBetween(55L, 61L);
      assertThat(jedis.hgetAll("rq:scheduler:" + scheduler.name()))
          .containsEntry("queues", "first,q")
          .containsKeys("name", "hostname", "pid", "created_at", "last_heartbeat");
    }

    assertThat(jedis.keys("rq:scheduler*")).isEmpty();
    assertThat(ask(acquired)).isEqualTo("[\"first\",\"q\"]");
  }

  @Test
  void aJobThatIsNamedBeforeItIsWrittenIsNotLost() throws Exception {
    jedis.zadd("rq:scheduled:q", 1, "1");
    try (Scheduler _ = start()) {
      assertThat(jedis.zrange("rq:scheduled:q", 0, -1)).containsExactly("1");

      ask("schedule(1, -5)");

      await(() -> queued().contains("1"));
    }
  }

  @Test
  void anEntryWhoseJobNeverComesIsDropped() {
    jedis.zadd("rq:scheduled:q", 1, "1");
    start().close();
    jedis.set("rq:dioptra:scheduled:1", Long.toString(Instant.now().getEpochSecond() - 61));

    start().close();

    assertThat(jedis.exists("rq:scheduled:q")).isFalse();
    assertThat(queued()).isEmpty();
  }

  @Test
  void aJobThatIsScheduledAgainWhileItRunsWaitsForItsEnd() throws Exception {
    ask("enqueue(1)");
    Claim claim = take();
    jedis.zadd("rq:scheduled:q", 1, "1");
    start().close();
    assertThat(queued()).isEmpty();

    claim.finish(FINISHED);
    start().close();

    assertThat(queued()).containsExactly("1");
  }

  @Test
  void aRetryThatIsToGoToTheFrontDoes() throws Exception {
    ask("[enqueue(1, retry=Retry(max=1, interval=60)), enqueue(2)]");
    jedis.hset("rq:job:1", "enqueue_at_front_on_retry", "1");
    run(FAILED);
    jedis.zadd("rq:scheduled:q", 1, "1");

    start().close();

    assertThat(queued()).containsExactly("1", "2");
  }

  @Test
  void aCancelledJobIsNotQueued() {
    ask("[schedule(1, -5), job(1).cancel()]");
    jedis.zadd("rq:scheduled:q", 1, "1");

    start().close();

    assertThat(queued()).isEmpty();
    assertThat(status(1)).isEqualTo("canceled");
  }

  private Scheduler start() {
    return Scheduler.start(settings(), Clock.systemUTC());
  }
}
