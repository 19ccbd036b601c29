package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which jobs are queued when the ones they wait for end. */
@EachRelease
class DependentsIT extends RqBehaviour {
  @Test
  void aJobWaitsForAllItsParents() throws Exception {
    ask("[enqueue_all(1, 2), enqueue(3, depends_on=['1', '2'])]");

    run(FINISHED);
    assertThat(status(3)).isEqualTo("deferred");
    run(FINISHED);

    assertThat(status(3)).isEqualTo("queued");
    assertThat(run(FINISHED)).isEqualTo("3");
    assertThat(jedis.exists("rq:deferred:q", "rq:job:2:dependents")).isZero();
  }

  @Test
  void aDependentGoesToTheFrontWhereItAsks() throws Exception {
    ask("[enqueue(1), enqueue(2), enqueue(3, depends_on=Dependency('1', enqueue_at_front=True))]");

    run(FINISHED);

    assertThat(queued()).containsExactly("3", "2");
  }

  @Test
  void aDependentIsQueuedInItsOwnQueue() throws Exception {
    ask("[enqueue(1), enqueue(2, 'elsewhere', depends_on='1')]");

    run(FINISHED);

    assertThat(jedis.lrange("rq:queue:elsewhere", 0, -1)).containsExactly("2");
    assertThat(ask("[q.name for q in Queue.all(connection=redis)]")).contains("elsewhere");
  }

  @Test
  void aFailedParentReleasesOnlyThoseThatAllowIt() throws Exception {
    ask(
        "[enqueue(1), enqueue(2, depends_on='1'),"
            + " enqueue(3, depends_on=Dependency('1', allow_failure=True))]");

    run(FAILED);

    assertThat(queued()).containsExactly("3");
    assertThat(status(2)).isEqualTo("deferred");
  }

  @Test
  void aParentThatIsTriedAgainReleasesNobodyYet() throws Exception {
    ask(
        "[enqueue(1, retry=Retry(max=1)),"
            + " enqueue(2, depends_on=Dependency('1', allow_failure=True))]");

    run(FAILED);
    assertThat(queued()).containsExactly("1");
    run(FAILED);

    assertThat(queued()).containsExactly("2");
  }

  @Test
  void aStoppedParentReleasesNobody() throws Exception {
    ask("[enqueue(1), enqueue(2, depends_on=Dependency('1', allow_failure=True))]");

    run(STOPPED);

    assertThat(status(2)).isEqualTo("deferred");
    assertThat(isIdle()).isTrue();
  }

  @Test
  void aParentCancelledWhileItRunsReleasesNobody() throws Exception {
    ask("[enqueue(1), enqueue(2, depends_on='1')]");
    Claim claim = take();
    ask("job(1).cancel()");

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.CANCELED);

    assertThat(status(2)).isEqualTo("deferred");
  }

  @Test
  void aParentThatWasDeletedKeepsNobodyWaiting() throws Exception {
    ask("[enqueue_all(1, 2), enqueue(3, depends_on=['1', '2']), job(2).delete()]");

    run(FINISHED);

    assertThat(status(3)).isEqualTo("queued");
  }

  @Test
  void aParentWithoutAResultReleasesItsDependents() throws Exception {
    ask("[enqueue(1, result_ttl=0), enqueue(2, depends_on='1')]");

    run(FINISHED);

    assertThat(queued()).containsExactly("2");
  }

  @Test
  void aCancelledDependentIsNotQueued() throws Exception {
    ask("[enqueue(1), enqueue(2, depends_on='1'), job(2).cancel()]");

    run(FINISHED);

    assertThat(queued()).isEmpty();
    assertThat(status(2)).isEqualTo("canceled");
  }

  @Test
  void aDependentThatSomebodyQueuedByHandIsNotQueuedTwice() throws Exception {
    ask("[enqueue(1), enqueue(2, depends_on='1')]");
    ask("Queue('q', connection=redis)._enqueue_job(job(2)).id");

    run(FINISHED);

    assertThat(queued()).containsExactly("2");
  }
}
