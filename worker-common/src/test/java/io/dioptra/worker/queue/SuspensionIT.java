package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workers that are to take nothing for a while. */
@EachRelease
class SuspensionIT extends RqBehaviour {
  @Test
  void aSuspendedWorkerTakesNothingUntilItIsResumed() throws Exception {
    ask("enqueue(1)");
    assertThat(python.said("suspend")).contains("Suspending");

    assertThat(worker.take(Duration.ofMillis(100))).isEmpty();
    assertThat(ask("workers()[0]['state']")).isEqualTo("\"suspended\"");
    assertThat(queued()).containsExactly("1");

    assertThat(python.said("resume")).contains("Resuming");
    assertThat(run(FINISHED)).isEqualTo("1");
  }

  @Test
  void aSuspensionEndsByItselfAfterItsDuration() throws Exception {
    ask("[enqueue(1), suspend(redis, ttl=1)]");

    assertThat(isIdle()).isTrue();
    assertThat(run(FINISHED)).isEqualTo("1");
  }

  @Test
  void aBurstEndsWhileWorkersAreSuspended() throws Exception {
    ask("[enqueue(1), suspend(redis)]");

    assertThat(isIdle()).isTrue();
    assertThat(queued()).containsExactly("1");
  }

  @Test
  void aRunningJobGoesOn() throws Exception {
    ask("enqueue_all(1, 2)");
    Claim claim = take();
    ask("suspend(redis)");

    assertThat(claim.finish(FINISHED)).isEqualTo(Recorded.YES);
    assertThat(isIdle()).isTrue();
  }
}
