package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.config.DequeueStrategy;
import io.dioptra.worker.config.RqSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which job is taken, out of which queue. */
@EachRelease
class QueuesIT extends RqBehaviour {
  @Test
  void queuesAreEmptiedInTheirOrder() throws Exception {
    ask("[enqueue(1, 'q'), enqueue(2, 'first'), enqueue(3, 'first')]");

    assertThat(List.of(run(FINISHED), run(FINISHED), run(FINISHED))).containsExactly("2", "3", "1");
  }

  @Test
  void theQueueServedLastIsTheLastInTurn() throws Exception {
    registerAnew(settings("a", "b", "c").with(strategy(DequeueStrategy.ROUND_ROBIN)));
    ask("[enqueue_all(1, 2, 'a'), enqueue_all(3, 4, 'b'), enqueue_all(5, 6, 'c')]");

    List<String> ran = new ArrayList<>();
    for (int job = 0; job < 6; job++) {
      ran.add(run(FINISHED));
    }

    assertThat(ran).containsExactly("1", "3", "5", "2", "4", "6");
  }

  @Test
  void theTurnsGoOnWhereAJobSaysAnotherOrigin() throws Exception {
    registerAnew(settings("a", "b").with(strategy(DequeueStrategy.ROUND_ROBIN)));
    ask("[enqueue_all(1, 2, 'a'), enqueue(3, 'b')]");
    jedis.hset("rq:job:1", "origin", "elsewhere");

    assertThat(List.of(run(FINISHED), run(FINISHED), run(FINISHED))).containsExactly("1", "3", "2");
    assertThat(jedis.zrange("rq:finished:elsewhere", 0, -1)).containsExactly("1");
  }

  @Test
  void everyQueueIsServedInARandomOrder() throws Exception {
    registerAnew(settings("a", "b").with(strategy(DequeueStrategy.RANDOM)));
    ask("[enqueue_all(1, 40, 'a'), enqueue_all(41, 80, 'b')]");

    Set<Boolean> early = new HashSet<>();
    for (int job = 0; job < 40; job++) {
      early.add(Integer.parseInt(run(FINISHED)) > 40);
    }

    assertThat(early).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void namesOfQueuesAreTakenAsTheyAre() throws Exception {
    List<String> names = List.of("Q", "q: Größe", "a b", "日本", "{x}", "*");
    registerAnew(settings(names.toArray(String[]::new)));

    for (String queue : names) {
      ask("enqueue(1, '" + queue + "')");
      Claim claim = take();
      assertThat(claim.ticket().queue().value()).isEqualTo(queue);
      claim.finish(FINISHED);
      assertThat(ask("registries('" + queue + "')['finished']")).isEqualTo("[\"1\"]");
    }
  }

  @Test
  void aJobCancelledBeforeItStartsIsNotRun() throws Exception {
    ask("[enqueue_all(1, 2), job(1).cancel(), redis.lpush('rq:queue:q', '1')]");

    assertThat(run(FINISHED)).isEqualTo("2");
    assertThat(isIdle()).isTrue();
    assertThat(status(1)).isEqualTo("canceled");
  }

  @Test
  void aJobDeletedBeforeItStartsIsNotRun() throws Exception {
    ask("[enqueue_all(1, 2), redis.delete('rq:job:1')]");

    assertThat(run(FINISHED)).isEqualTo("2");
    assertThat(jedis.exists("rq:job:1")).isFalse();
  }

  @Test
  void anEmptiedQueueIsEmpty() throws Exception {
    ask("enqueue_all(1, 3)");
    assertThat(python.said("empty", "q")).contains("3 jobs removed from q");

    assertThat(isIdle()).isTrue();
  }

  @Test
  void aJobAtTheFrontIsTakenFirst() throws Exception {
    ask("[enqueue(1), enqueue(2, at_front=True)]");

    assertThat(run(FINISHED)).isEqualTo("2");
  }

  @Test
  void whatAWorkerOfPythonLeftBetweenPopAndStartIsTakenOutWhenItRuns() throws Exception {
    ask("enqueue(1)");
    jedis.rpush("rq:queue:q:intermediate", "1");

    run(FINISHED);

    assertThat(jedis.exists("rq:queue:q:intermediate")).isFalse();
  }

  @Test
  void entriesWithoutAJobDoNotEndABurst() throws Exception {
    for (int entry = 0; entry < 250; entry++) {
      jedis.rpush("rq:queue:q", "gone-" + entry);
    }
    ask("enqueue(1)");

    Claim claim = worker.take(Duration.ZERO).orElseThrow();

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
  }

  @Test
  void jobsThatAreRefusedDoNotEndABurst() throws Exception {
    ask("[Queue('q', connection=redis).enqueue('shutil.rmtree', '/x').id, enqueue(1)]");

    Claim claim = worker.take(Duration.ZERO).orElseThrow();

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
    assertThat(ask("len(registries()['failed'])")).isEqualTo("1");
  }

  @Test
  void timeWithoutRoomIsNoWaitForAJob() throws Exception {
    ask("enqueue(1)");
    AtomicInteger asked = new AtomicInteger();

    Claim claim = worker.take(Duration.ZERO, () -> asked.incrementAndGet() > 1).orElseThrow();

    assertThat(asked).hasValue(2);
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
  }

  @Test
  void aJobOfRqsJsonSerializerIsTaken() throws Exception {
    ask(
        "Queue('q', connection=redis, serializer=__import__('rq.serializers').serializers"
            + ".JSONSerializer).enqueue(FUNCTION, kwargs={'job_id': 5, 'experiment_id': 6}).id");

    Claim claim = take();

    assertThat(claim.ticket().job().value()).isEqualTo(5);
    claim.finish(FINISHED);
  }

  @Test
  void anIdThatNewerReleasesRefuseIsRunAllTheSame() throws Exception {
    ask("[enqueue(1), redis.rename('rq:job:1', 'rq:job:a.b'), redis.lset('rq:queue:q', 0, 'a.b')]");

    assertThat(run(FINISHED)).isEqualTo("a.b");
    assertThat(jedis.hget("rq:job:a.b", "status")).isEqualTo("finished");
  }

  @Test
  void aFinishedJobThatIsQueuedAgainRunsAgain() throws Exception {
    ask("enqueue(1)");
    run(FINISHED);
    ask("enqueue(1)");

    assertThat(run(FAILED)).isEqualTo("1");
    assertThat(status(1)).isEqualTo("failed");
  }

  private static RqSettings strategy(DequeueStrategy strategy) {
    RqSettings usual = RqSettings.DEFAULT;
    return new RqSettings(
        usual.name(),
        strategy,
        usual.resultsTtl(),
        usual.workerTtl(),
        usual.monitoringInterval(),
        usual.maintenanceInterval(),
        usual.scheduler(),
        usual.giveUpAfter());
  }
}
