package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What producers attach to their jobs. */
@EachRelease
class ExtrasIT extends RqBehaviour {
  @Test
  void callbacksAreNotCalledAndTheJobsOwnerCanRead() throws Exception {
    ask(
        "enqueue(1, on_success=Callback('tasks.tell'), on_failure=Callback('tasks.weep'),"
            + " on_stopped=Callback('tasks.rest'))");
    jedis.hset("rq:job:1", "webhooks", "[{\"url\": \"https://secret@x\"}]");

    Claim claim = take();

    assertThat(claim.notes()).hasSize(1);
    assertThat(claim.notes().getFirst())
        .contains("success callback tasks.tell")
        .contains("failure callback tasks.weep")
        .contains("stopped callback tasks.rest")
        .contains("webhooks")
        .doesNotContain("secret");
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
    assertThat(status(1)).isEqualTo("finished");
  }

  @Test
  void aJobWithoutAnyHasNoNotes() throws Exception {
    ask("enqueue(1)");

    Claim claim = take();

    assertThat(claim.notes()).isEmpty();
    claim.finish(FINISHED);
  }

  @Test
  void theJobsOfAGroupAreFoundInIt() throws Exception {
    ask("enqueue_group('g', 1, 3)");
    String jobs = "sorted(j.id for j in Group.fetch('g', redis).get_jobs())";
    assertThat(ask(jobs)).isEqualTo("[\"1\",\"2\",\"3\"]");

    assertThat(List.of(run(FINISHED), run(FINISHED), run(FINISHED))).contains("1", "2", "3");

    assertThat(jedis.smembers("rq:group:g")).containsExactlyInAnyOrder("1", "3");
    assertThat(ask(jobs)).isEqualTo("[\"1\",\"3\"]");
  }

  @Test
  void theLastJobWithoutAResultLeavesItsGroupWithoutAFailure() throws Exception {
    ask("enqueue_group('g', 2, 2)");

    assertThat(take().finish(FINISHED)).isEqualTo(Recorded.YES);

    assertThat(jedis.exists("rq:group:g", "rq:job:2")).isZero();
  }
}
