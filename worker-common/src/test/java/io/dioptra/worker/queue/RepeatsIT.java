package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Jobs that are to run again although they finished. */
@EachRelease
class RepeatsIT extends RqBehaviour {
  @Test
  void aJobIsRepeatedAtOnceAsOftenAsItSays() throws Exception {
    ask("enqueue(1, repeat=Repeat(times=2))");

    run(FINISHED);
    run(FINISHED);
    assertThat(status(1)).isEqualTo("queued");
    assertThat(jedis.ttl("rq:job:1")).isEqualTo(-1);
    run(FINISHED);

    assertThat(isIdle()).isTrue();
    assertThat(status(1)).isEqualTo("finished");
    assertThat(ask("len(job(1).results())")).isEqualTo("3");
    assertThat(jedis.ttl("rq:job:1")).isBetween(490L, 500L);
  }

  @Test
  void intervalsOfRepeatsAreTakenInTheirOrder() throws Exception {
    ask("enqueue(1, repeat=Repeat(times=3, interval=[60, 120]))");

    List<Long> waits = List.of(waitAfterRun(), waitAfterRun(), waitAfterRun());

    assertThat(waits.get(0)).isBetween(55L, 61L);
    assertThat(waits.get(1)).isBetween(115L, 121L);
    assertThat(waits.get(2)).isBetween(115L, 121L);
    run(FINISHED);
    assertThat(status(1)).isEqualTo("finished");
  }

  @Test
  void aJobWithoutAResultIsRepeatedAndThenGone() throws Exception {
    ask("enqueue(98765432, result_ttl=0, repeat=Repeat(times=1))");

    run(FINISHED);
    assertThat(status(98765432)).isEqualTo("queued");
    run(FINISHED);

    assertThat(jedis.keys("rq:*98765432*")).isEmpty();
  }

  @Test
  void aJobThatKeepsItsResultForEverIsRepeated() throws Exception {
    ask("enqueue(1, result_ttl=-1, repeat=Repeat(times=1))");

    run(FINISHED);
    run(FINISHED);

    assertThat(status(1)).isEqualTo("finished");
    assertThat(jedis.ttl("rq:job:1")).isEqualTo(-1);
    assertThat(jedis.ttl("rq:results:1")).isEqualTo(-1);
  }

  @Test
  void aJobThatFailsIsNotRepeated() throws Exception {
    ask("enqueue(1, repeat=Repeat(times=1))");

    run(FAILED);

    assertThat(status(1)).isEqualTo("failed");
    assertThat(isIdle()).isTrue();
  }

  @Test
  void aRepeatedJobReleasesItsDependentsOnce() throws Exception {
    ask("[enqueue(1, repeat=Repeat(times=1)), enqueue(2, depends_on='1')]");

    run(FINISHED);
    assertThat(List.of(run(FINISHED), run(FINISHED))).containsExactlyInAnyOrder("1", "2");

    assertThat(isIdle()).isTrue();
  }

  private long waitAfterRun() throws InterruptedException {
    run(FINISHED);
    assertThat(status(1)).isEqualTo("scheduled");
    double due = Objects.requireNonNull(jedis.zscore("rq:scheduled:q", "1"));
    jedis.del("rq:scheduled:q");
    jedis.rpush("rq:queue:q", "1");
    return (long) due - Long.parseLong(jedis.time().getFirst());
  }
}
