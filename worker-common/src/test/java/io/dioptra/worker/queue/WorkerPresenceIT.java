package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.config.DequeueStrategy;
import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.job.JobOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How RQ's readers see our worker come, work and go. */
@EachRelease
class WorkerPresenceIT extends RqBehaviour {
  @Test
  void aWorkerIsListedWithItsQueuesWhileItLives() {
    assertThat(ask("[w['name'] for w in workers()]")).isEqualTo("[\"" + name + "\"]");
    assertThat(ask("workers()[0]['queues']")).isEqualTo("[\"first\",\"q\"]");
    assertThat(ask("[w.name for w in Worker.all(queue=Queue('first', connection=redis))]"))
        .contains(name.value());

    worker.close();

    assertThat(ask("workers()")).isEqualTo("[]");
    assertThat(jedis.ttl("rq:worker:" + name)).isBetween(1L, 60L);
    assertThat(jedis.smembers("rq:workers:first")).isEmpty();
  }

  @Test
  void anIdleWorkerIsForgottenAMinuteAfterItsTtl() {
    registerAnew(
        new RqSettings(
            Optional.empty(),
            DequeueStrategy.DEFAULT,
            Duration.ofSeconds(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(600),
            false,
            Optional.empty()));

    assertThat(jedis.ttl("rq:worker:" + name)).isBetween(65L, 70L);
  }

  @Test
  void aBusyWorkerIsForgottenAMinuteAfterItsMonitoringInterval() throws Exception {
    registerAnew(RqSettings.DEFAULT.withMonitoringInterval(Duration.ofSeconds(2)));
    ask("enqueue(1)");

    Claim claim = take();

    assertThat(jedis.ttl("rq:worker:" + name)).isBetween(55L, 62L);
    claim.finish(FINISHED);
    assertThat(jedis.ttl("rq:worker:" + name)).isBetween(475L, 480L);
  }

  @Test
  void whatAWorkerRunsIsFoundThroughItAndThroughTheJob() throws Exception {
    ask("enqueue(1)");
    Claim claim = take();
    String execution = python.ask("state(1)['execution'][0]").stringValue();

    assertThat(ask("workers()[0]['job']")).isEqualTo("\"1\"");
    assertThat(jedis.smembers("rq:worker:" + name + ":executions"))
        .containsExactly("1:" + execution);
    String fetched = "Execution.fetch('" + execution + "', '1', redis)";
    assertThat(ask(fetched + ".job.id")).isEqualTo("\"1\"");
    assertThat(ask(fetched + ".created_at <= " + fetched + ".last_heartbeat")).isEqualTo("true");

    claim.finish(FINISHED);
    assertThat(ask("workers()[0]['job']")).isEqualTo("null");
    assertThat(jedis.keys("rq:*execution*")).isEmpty();
  }

  @Test
  void countersAndWorkingTimeAddUp() throws Exception {
    ask("enqueue_all(1, 4)");
    List<JobOutcome> outcomes = List.of(FINISHED, FAILED, FINISHED);
    for (JobOutcome outcome : outcomes) {
      run(outcome);
    }
    double before = python.ask("workers()[0]['working']").doubleValue();
    run(STOPPED);

    assertThat(ask("[workers()[0]['successful'], workers()[0]['failed']]")).isEqualTo("[2,2]");
    assertThat(before).isPositive();
    assertThat(python.ask("workers()[0]['working']").doubleValue()).isEqualTo(before);
  }

  @Test
  void aBusyWorkerThatIsToldToEndSaysSince() throws Exception {
    ask("enqueue(1)");
    Claim claim = take();

    worker.stop();

    await(() -> jedis.hexists("rq:worker:" + name, "shutdown_requested_date"));
    assertThat(ask("[w.shutdown_requested_date is not None for w in Worker.all(connection=redis)]"))
        .isEqualTo("[true]");
    assertThat(ask("workers()[0]['state']")).isEqualTo("\"busy\"");
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
    assertThat(worker.take(SOON)).isEmpty();
  }

  @Test
  void theInfoToolShowsABusyWorker() throws Exception {
    ask("[enqueue(1), enqueue(2)]");
    Claim claim = take();

    assertThat(python.said("info", "--by-queue"))
        .contains(name + " ")
        .contains("1 executing, 0 finished, 0 failed");
    claim.finish(FINISHED);
  }
}
