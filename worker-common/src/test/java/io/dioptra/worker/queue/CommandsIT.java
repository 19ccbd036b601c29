package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What our worker does when it is told something over RQ's channel. */
@EachRelease
class CommandsIT extends RqBehaviour {
  @Test
  void theJobThatRunsIsStoppedWhenItIsNamed() throws Exception {
    ask("enqueue(1, retry=Retry(max=3))");
    awaitListening();
    Claim claim = take();

    ask("send_stop_job_command(redis, '1')");

    assertThat(endOf(claim)).isEqualTo(EarlyEnd.STOPPED);
    claim.finish(STOPPED);
    assertThat(status(1)).isEqualTo("stopped");
    assertThat(ask("registries()['failed']")).isEqualTo("[\"1\"]");
  }

  @Test
  void anotherJobsStopIsOverlooked() throws Exception {
    ask("enqueue(1)");
    awaitListening();
    Claim claim = take();

    ask("send_command(redis, '" + name + "', 'stop-job', job_id='2')");
    ask("send_command(redis, '" + name + "', 'stop-job', job_id=1)");
    ask("send_command(redis, '" + name + "', 'stop-job')");

    assertSoundAndListening(claim);
  }

  @Test
  void oneAttemptIsStoppedWhenItIsNamed() throws Exception {
    ask("enqueue(1)");
    awaitListening();
    Claim claim = take();
    String own = python.ask("state(1)['execution'][0]").stringValue();
    String command = "send_command(redis, '" + name + "', 'stop-execution', job_id=";

    ask(command + "'1', execution_id='" + "0".repeat(32) + "')");
    ask(command + "'2', execution_id='" + own + "')");
    assertThat(claim.early()).isEmpty();
    ask(command + "'1', execution_id='" + own + "')");

    assertThat(endOf(claim)).isEqualTo(EarlyEnd.STOPPED);
    claim.finish(STOPPED);
  }

  @Test
  void aKilledJobFailsAndIsTriedAgain() throws Exception {
    ask("enqueue(1, retry=Retry(max=1))");
    awaitListening();
    Claim claim = take();

    ask("send_kill_horse_command(redis, '" + name + "')");

    assertThat(endOf(claim)).isEqualTo(EarlyEnd.KILLED);
    claim.finish(FAILED);
    assertThat(queued()).containsExactly("1");
  }

  @Test
  void anIdleWorkerIsNotKilled() throws Exception {
    awaitListening();
    ask("send_kill_horse_command(redis, '" + name + "')");
    ask("enqueue(1)");

    assertSoundAndListening(take());
  }

  @Test
  void aJobThatEndedBeforeIsNotStopped() throws Exception {
    ask("enqueue_all(1, 2)");
    awaitListening();
    run(FINISHED);
    Claim next = take();

    ask("send_stop_job_command(redis, '1')");

    assertSoundAndListening(next);
  }

  @Test
  void aWorkerIsToldToEnd() throws Exception {
    awaitListening();

    ask("send_shutdown_command(redis, '" + name + "')");

    await(() -> shutdowns.get() == 1);
  }

  @Test
  void aWorkerThatHasNothingElseToDoItStopsByItself() throws Exception {
    worker.close();
    name = WorkerName.fresh();
    worker = RqWorker.register(settings(), Clock.systemUTC(), () -> {});
    awaitListening();
    CompletableFuture<Boolean> idle =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return worker.take(SOON.multipliedBy(10)).isEmpty();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });

    ask("send_shutdown_command(redis, '" + name + "')");

    assertThat(idle.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void messagesThatAreNoCommandsAreOverlooked() throws Exception {
    ask("enqueue(1)");
    awaitListening();
    Claim claim = take();
    String channel = "rq:pubsub:" + name;

    for (String message :
        List.of(
            "", "no JSON", "{", "[]", "7", "null", "{\"command\": 7}", "{\"command\": \"x\"}")) {
      jedis.publish(channel, message);
    }
    jedis.publish(channel.getBytes(UTF_8), new byte[] {(byte) 0xff, 0, (byte) 0x80});

    assertSoundAndListening(claim);
  }

  @Test
  void commandsAreHeardAfterTheConnectionWasLost() throws Exception {
    awaitListening();
    ask("redis.execute_command('CLIENT KILL TYPE pubsub')");

    awaitListening();
    ask("send_shutdown_command(redis, '" + name + "')");

    await(() -> shutdowns.get() == 1);
  }

  /** The worker obeys one command after the other: the last shows that those before did nothing. */
  private void assertSoundAndListening(Claim claim) throws InterruptedException {
    ask("send_shutdown_command(redis, '" + name + "')");
    await(() -> shutdowns.get() == 1);
    assertThat(claim.early()).isEmpty();
    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
  }

  private static EarlyEnd endOf(Claim claim) throws Exception {
    return claim.whenEarly().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
