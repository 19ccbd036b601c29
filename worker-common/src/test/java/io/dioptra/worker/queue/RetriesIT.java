package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of failed jobs whose producers granted more tries. */
@EachRelease
class RetriesIT extends RqBehaviour {
  @Test
  void aRetryGoesToTheEndOfItsQueue() throws Exception {
    ask("[enqueue(1, retry=Retry(max=1)), enqueue(2)]");

    run(FAILED);

    assertThat(queued()).containsExactly("2", "1");
    assertThat(ask("job(1).retries_left")).isIn("0", "null");
  }

  @Test
  void aRetryGoesToTheFrontWhereItsProducerSaysSo() throws Exception {
    ask("[enqueue(1, retry=Retry(max=1)), enqueue(2)]");
    jedis.hset("rq:job:1", "enqueue_at_front_on_retry", "1");

    run(FAILED);

    assertThat(queued()).containsExactly("1", "2");
  }

  @Test
  void intervalsOfRetriesAreTakenInTheirOrder() throws Exception {
    ask("enqueue(1, retry=Retry(max=2, interval=[60, 120]))");

    run(FAILED);
    assertThat(wait(1)).isBetween(50L, 61L);
    assertThat(status(1)).isEqualTo("scheduled");
    requeue(1);
    run(FAILED);

    assertThat(wait(1)).isBetween(110L, 121L);
    requeue(1);
    run(FAILED);
    assertThat(status(1)).isEqualTo("failed");
  }

  @Test
  void theFirstIntervalRepeatsWhileThereAreMoreRetriesThanIntervals() throws Exception {
    ask("enqueue(1, retry=Retry(max=3, interval=[60, 120]))");

    run(FAILED);
    requeue(1);
    run(FAILED);

    assertThat(wait(1)).isBetween(50L, 61L);
  }

  @Test
  void anAttemptThatIsTriedAgainLeavesNoResult() throws Exception {
    ask("enqueue(1, retry=Retry(max=1))");

    run(FAILED);
    assertThat(ask("job(1).results()")).isEqualTo("[]");
    assertThat(ask("registries()['failed']")).isEqualTo("[]");
    run(FINISHED);

    assertThat(ask("[r.type.name for r in job(1).results()]")).isEqualTo("[\"SUCCESSFUL\"]");
  }

  @Test
  void aStoppedJobIsNotTriedAgain() throws Exception {
    ask("enqueue(1, retry=Retry(max=3))");

    run(STOPPED);

    assertThat(status(1)).isEqualTo("stopped");
    assertThat(queued()).isEmpty();
  }

  @Test
  void aFailedJobCanBeQueuedAgainByTheTool() throws Exception {
    ask("enqueue(1)");
    run(FAILED);

    assertThat(python.said("requeue", "--queue", "q", "1")).contains("Requeueing 1 jobs");

    assertThat(run(FINISHED)).isEqualTo("1");
    assertThat(ask("registries()['failed']")).isEqualTo("[]");
  }

  private long wait(int job) {
    double due = Objects.requireNonNull(jedis.zscore("rq:scheduled:q", "" + job));
    return (long) due - Long.parseLong(jedis.time().getFirst());
  }

  private void requeue(int job) {
    jedis.zrem("rq:scheduled:q", "" + job);
    jedis.rpush("rq:queue:q", "" + job);
  }
}
