package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.config.RqSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is kept of a job that has ended, and for how long. */
@EachRelease
class ResultsIT extends RqBehaviour {
  @Test
  void aResultNamesTheWorkerAndTheAttempt() throws Exception {
    ask("enqueue(1)");
    Claim claim = take();
    String execution = python.ask("state(1)['execution'][0]").stringValue();

    claim.finish(FINISHED);

    assertThat(ask("job(1).latest_result().worker_name")).isEqualTo("\"" + name + "\"");
    assertThat(jedis.xrange("rq:results:1", "-", "+").getFirst().getFields())
        .containsEntry("type", "1")
        .containsEntry("execution_id", execution)
        .containsKeys("execution_started_at", "execution_ended_at");
    assertThat(ask("[job(1).return_value(), job(1).is_finished]")).isEqualTo("[null,true]");
  }

  @Test
  void earlierResultsAreKept() throws Exception {
    ask("enqueue(1)");
    run(FAILED);
    ask("job(1).requeue()");

    run(FINISHED);

    assertThat(ask("[r.type.name for r in job(1).results()]"))
        .isEqualTo("[\"SUCCESSFUL\",\"FAILED\"]");
  }

  @Test
  void whoWaitsForAResultGetsIt() throws Exception {
    ask("enqueue(1)");
    Claim claim = take();
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(() -> ask("job(1).latest_result(timeout=20).type.name"));
    await(() -> jedis.info("clients").contains("blocked_clients:1"));

    claim.finish(FAILED);

    assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo("\"FAILED\"");
  }

  @Test
  void theReasonOfAFailureIsReadByAllThatRqHas() throws Exception {
    ask("enqueue(1)");
    run(FAILED);

    String reason = "Step attack raised ValueError";
    assertThat(ask("job(1).latest_result().exc_string")).contains(reason);
    assertThat(ask("job(1).exc_info")).contains(reason);
    assertThat(field(1, "exc_info")).isIn("null", "");
  }

  @Test
  void aStoppedJobIsAmongTheFailedWithItsReason() throws Exception {
    ask("enqueue(1)");

    run(STOPPED);

    assertThat(ask("registries()['failed']")).isEqualTo("[\"1\"]");
    assertThat(ask("job(1).latest_result().type.name")).isEqualTo("\"FAILED\"");
    assertThat(ask("job(1).latest_result().exc_string")).contains("Job stopped by user");
  }

  @Test
  void aFailureThatIsNotKeptIsGone() throws Exception {
    ask("enqueue(98765432, failure_ttl=0)");

    run(FAILED);

    assertThat(jedis.keys("rq:*98765432*")).isEmpty();
    assertThat(ask("registries()['failed']")).isEqualTo("[]");
    assertThat(ask("workers()[0]['failed']")).isEqualTo("1");
  }

  @Test
  void aFailureIsKeptAsLongAsItsProducerSays() throws Exception {
    ask("[enqueue(1, failure_ttl=100), enqueue(2, failure_ttl=-1)]");

    run(FAILED);
    run(FAILED);

    assertThat(jedis.ttl("rq:job:1")).isBetween(95L, 100L);
    assertThat(jedis.ttl("rq:results:1")).isBetween(95L, 100L);
    assertThat(jedis.ttl("rq:job:2")).isEqualTo(-1);
    assertThat(jedis.zscore("rq:failed:q", "2")).isEqualTo(-1);
    assertThat(ask("FailedJobRegistry('q', connection=redis).count")).isEqualTo("2");
  }

  @Test
  void aResultIsKeptAsLongAsItsProducerOrElseTheWorkerSays() throws Exception {
    registerAnew(RqSettings.DEFAULT.withResultsTtl(Duration.ofSeconds(50)));
    ask("[enqueue(1), enqueue(2, result_ttl=100), enqueue(3, result_ttl=-1)]");

    run(FINISHED);
    run(FINISHED);
    run(FINISHED);

    assertThat(jedis.ttl("rq:job:1")).isBetween(45L, 50L);
    assertThat(jedis.ttl("rq:results:2")).isBetween(95L, 100L);
    assertThat(jedis.ttl("rq:job:3")).isEqualTo(-1);
    assertThat(ask("str(redis.zscore('rq:finished:q', '3'))")).isEqualTo("\"inf\"");
    assertThat(ask("FinishedJobRegistry('q', connection=redis).count")).isEqualTo("3");
  }

  @Test
  void whatOthersWriteIntoTheJobMeanwhileStays() throws Exception {
    ask("enqueue(1, meta={'note': 'before'})");
    Claim claim = take();
    ask("(lambda j: (j.meta.update(note='meanwhile'), j.save_meta()))(job(1))");

    claim.finish(FINISHED);

    assertThat(ask("job(1).meta")).isEqualTo("{\"note\":\"meanwhile\"}");
  }
}
