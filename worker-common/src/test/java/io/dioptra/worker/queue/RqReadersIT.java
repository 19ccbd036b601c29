package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.QueueException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What RQ's own readers see of our worker, from the oldest release to the newest. */
@EachRelease
class RqReadersIT extends RqBehaviour {
  @Test
  void aClaimedJobIsStartedOnOurWorker() throws Exception {
    python.ask("enqueue(12)");

    Claim claim = take();

    assertThat(claim.ticket().job()).isEqualTo(new JobId(12));
    assertThat(claim.ticket().experiment().value()).isEqualTo(1012);
    assertThat(claim.ticket().queue()).isEqualTo(new QueueName("q"));
    assertThat(claim.ticket().timeout()).contains(Duration.ofDays(1));
    assertThat(claim.rqId()).isEqualTo("12");
    JsonNode state = python.ask("state(12)");
    assertThat(state.get("status").stringValue()).isEqualTo("started");
    assertThat(state.get("worker").stringValue()).isEqualTo(name.value());
    assertThat(state.get("started").booleanValue()).isTrue();
    assertThat(state.get("execution")).hasSize(1);
    assertThat(registry("started")).isEqualTo("[\"12\"]");
    assertThat(registry("queued")).isEqualTo("[]");
    JsonNode own = python.ask("workers()").get(0);
    assertThat(own.get("state").stringValue()).isEqualTo("busy");
    assertThat(own.get("job").stringValue()).isEqualTo("12");
  }

  @Test
  void aFinishedJobIsFinishedEverywhere() throws Exception {
    python.ask("enqueue(12)");

    assertThat(take().finish(FINISHED)).isEqualTo(Recorded.YES);

    JsonNode state = python.ask("state(12)");
    assertThat(state.get("status").stringValue()).isEqualTo("finished");
    assertThat(state.get("result").stringValue()).isEqualTo("SUCCESSFUL");
    assertThat(state.get("return_value").isNull()).isTrue();
    assertThat(state.get("ended").booleanValue()).isTrue();
    assertThat(state.get("execution")).isEmpty();
    assertThat(registry("finished")).isEqualTo("[\"12\"]");
    assertThat(registry("started")).isEqualTo("[]");
    assertThat(python.ask("redis.ttl('rq:job:12')").intValue()).isBetween(490, 500);
    assertThat(python.ask("redis.ttl('rq:results:12')").intValue()).isBetween(490, 500);
    JsonNode own = python.ask("workers()").get(0);
    assertThat(own.get("state").stringValue()).isEqualTo("idle");
    assertThat(own.get("job").isNull()).isTrue();
    assertThat(own.get("successful").intValue()).isEqualTo(1);
  }

  @Test
  void aFailedJobShowsItsReasonAndCanBeQueuedAgain() throws Exception {
    python.ask("enqueue(12)");

    assertThat(take().finish(FAILED)).isEqualTo(Recorded.YES);

    JsonNode state = python.ask("state(12)");
    assertThat(state.get("status").stringValue()).isEqualTo("failed");
    assertThat(state.get("result").stringValue()).isEqualTo("FAILED");
    assertThat(state.get("text").stringValue())
        .contains("Step attack raised ValueError: no Größe")
        .contains("the author of the plugin");
    assertThat(registry("failed")).isEqualTo("[\"12\"]");
    assertThat(python.ask("redis.ttl('rq:results:12')").intValue()).isGreaterThan(31_000_000);
    assertThat(python.ask("workers()[0]['failed']").intValue()).isEqualTo(1);

    python.ask("job(12).requeue()");
    assertThat(take().finish(FINISHED)).isEqualTo(Recorded.YES);
    assertThat(python.ask("state(12)['result']").stringValue()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void aStoppedJobIsStoppedAndNotTriedAgain() throws Exception {
    python.ask("enqueue(12, retry=Retry(max=3))");

    take().finish(new JobOutcome.Stopped("Job stopped by user, work-horse terminated."));

    assertThat(python.ask("state(12)['status']").stringValue()).isEqualTo("stopped");
    assertThat(python.ask("state(12)['result']").stringValue()).isEqualTo("FAILED");
    assertThat(registry("failed")).isEqualTo("[\"12\"]");
  }

  @Test
  void grantedRetriesAreTakenAtOnceAndThenTheJobFails() throws Exception {
    python.ask("enqueue(12, retry=Retry(max=1))");

    take().finish(FAILED);
    assertThat(python.ask("state(12)['status']").stringValue()).isEqualTo("queued");
    assertThat(registry("queued")).isEqualTo("[\"12\"]");

    take().finish(FAILED);
    assertThat(python.ask("state(12)['status']").stringValue()).isEqualTo("failed");
  }

  @Test
  void aRetryWithAnIntervalIsScheduled() throws Exception {
    python.ask("enqueue(12, retry=Retry(max=2, interval=[60, 120]))");

    take().finish(FAILED);

    assertThat(python.ask("state(12)['status']").stringValue()).isEqualTo("scheduled");
    assertThat(registry("scheduled")).isEqualTo("[\"12\"]");
    assertThat(
            python
                .ask("redis.zscore('rq:scheduled:q', '12') - __import__('time').time()")
                .doubleValue())
        .isBetween(50.0, 60.0);
  }

  @Test
  void whatWaitsForAJobIsQueuedWhenItIsFinished() throws Exception {
    python.ask("[enqueue(1), enqueue(2, depends_on='1'), enqueue(3, depends_on=['1', '2'])]");
    Claim parent = take();
    assertThat(registry("deferred")).isEqualTo("[\"2\",\"3\"]");

    parent.finish(FINISHED);
    assertThat(registry("deferred")).isEqualTo("[\"3\"]");
    assertThat(python.ask("state(2)['status']").stringValue()).isEqualTo("queued");

    take().finish(FINISHED);
    assertThat(take().ticket().job()).isEqualTo(new JobId(3));
  }

  @Test
  void aFailureReleasesOnlyWhatAllowsIt() throws Exception {
    python.ask(
        "[enqueue(1), enqueue(2, depends_on='1'),"
            + " enqueue(3, depends_on=Dependency('1', allow_failure=True))]");

    take().finish(FAILED);

    assertThat(registry("deferred")).isEqualTo("[\"2\"]");
    assertThat(registry("queued")).isEqualTo("[\"3\"]");
  }

  @Test
  void aJobThatKeepsNoResultIsGone() throws Exception {
    python.ask("enqueue(98765432, result_ttl=0)");

    assertThat(take().finish(FINISHED)).isEqualTo(Recorded.YES);

    assertThat(python.ask("Job.exists('98765432', connection=redis)").booleanValue()).isFalse();
    assertThat(python.ask("[k.decode() for k in redis.keys('rq:*98765432*')]")).isEmpty();
  }

  @Test
  void aJobThatKeepsItsResultForEverDoes() throws Exception {
    python.ask("enqueue(12, result_ttl=-1)");

    take().finish(FINISHED);

    assertThat(python.ask("redis.ttl('rq:job:12')").intValue()).isEqualTo(-1);
    assertThat(python.ask("str(redis.zscore('rq:finished:q', '12'))").stringValue())
        .isEqualTo("inf");
  }

  @Test
  void theInfoToolShowsQueueAndWorker() throws Exception {
    python.ask("[enqueue(1), enqueue(2)]");
    Claim running = take();

    Process info = python.rq("info");
    String shown = new String(info.getInputStream().readAllBytes(), UTF_8);

    assertThat(info.waitFor()).as(shown).isZero();
    assertThat(shown)
        .contains("1 executing, 0 finished, 0 failed")
        .contains(name.value())
        .contains(": busy first, q. jobs: 0 finished, 0 failed")
        .contains("1 workers, 1 queues");
    running.finish(FINISHED);
  }

  @Test
  void aWorkerIsBornAndDies() throws Exception {
    JsonNode own = python.ask("workers()").get(0);
    assertThat(own.get("name").stringValue()).isEqualTo(name.value());
    assertThat(own.get("queues").toString()).isEqualTo("[\"first\",\"q\"]");
    assertThat(own.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
    assertThat(own.get("born").booleanValue()).isTrue();
    assertThat(own.get("address").stringValue()).startsWith("127.0.0.1:");
    assertThatThrownBy(() -> register(settings()))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("There exists an active worker named");

    worker.close();

    assertThat(python.ask("workers()")).isEmpty();
    assertThat(python.ask("redis.ttl('rq:worker:" + name + "')").intValue()).isBetween(1, 60);
    worker = register(settings());
    assertThat(python.ask("workers()")).hasSize(1);
  }

  @Test
  void queuesAreEmptiedInTheirOrder() throws Exception {
    python.ask("[enqueue(1, 'q'), enqueue(2, 'first'), enqueue(3, 'first')]");

    assertThat(List.of(runNext(), runNext(), runNext())).containsExactly(2L, 3L, 1L);
  }

  @Test
  void whatWasDeletedOrCancelledInTheQueueIsPassedOver() throws Exception {
    python.ask("[enqueue_all(1, 4), redis.delete('rq:job:1'), job(3).cancel()]");
    python.ask("redis.lpush('rq:queue:q', '3', 'a:b', 'never-existed')");

    assertThat(List.of(runNext(), runNext())).containsExactly(2L, 4L);
    assertThat(python.ask("state(3)['status']").stringValue()).isEqualTo("canceled");
  }

  @Test
  void aSuspendedWorkerTakesNothingUntilItIsResumed() throws Exception {
    python.ask("[suspend(redis), enqueue(1)]");

    assertThat(worker.take(Duration.ofMillis(300))).isEmpty();
    assertThat(python.ask("workers()[0]['state']").stringValue()).isEqualTo("suspended");

    python.ask("resume(redis)");
    assertThat(take().ticket().job()).isEqualTo(new JobId(1));
  }

  private long runNext() throws InterruptedException {
    Claim claim = take();
    claim.finish(FINISHED);
    return claim.ticket().job().value();
  }

  private String registry(String name) {
    return python.ask("registries()['" + name + "']").toString();
  }
}
