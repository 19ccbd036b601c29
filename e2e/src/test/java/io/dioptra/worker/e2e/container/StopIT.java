package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How {@code docker stop} ends a container. */
@ExtendWith(SharedSite.class)
class StopIT {
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private Probe probe;
  private WorkerContainer worker;

  @BeforeEach
  void start(DioptraSite site) throws Exception {
    probe = Probe.at(site.client());
    worker = WorkerContainer.of(TestedImage.smallest(), site, probe.queueName());
    worker.start();
  }

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void anIdleWorkerIsGoneWithinTwoSeconds() {
    long begin = System.nanoTime();
    assertThat(worker.askToEnd(GRACE)).isZero();
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    MachineLoad.assertMedian("docker stop of an idle worker", List.of(time), AT_ONCE);
  }

  @Test
  void aBusyWorkerFinishesItsJobFirst() throws Exception {
    SubmittedJob job = probe.submit("wait", "/tmp/gate");
    Probe.awaitLog(job, "about to wait");
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> worker.askToEnd(GRACE));
    worker.awaitLine("Told to end");
    assertThat(job.status()).isEqualTo("started");
    worker.inside("touch /tmp/gate");
    assertThat(status).succeedsWithin(GRACE).isEqualTo(0);
    assertThat(job.status()).as(job.logText()).isEqualTo("finished");
  }

  @Test
  void whatAJobLeavesBehindDoesNotBecomeAZombie() throws Exception {
    String log = probe.finished("orphan", "0.5");
    String pid = log.replaceFirst("(?s).*orphan (\\d+)\\..*", "$1");
    assertThat(pid).matches("\\d+");
    // A process that has ended stays in this folder until somebody asks for its status.
    worker.inside(
        "for i in {1..200}; do [[ -e /proc/%s ]] || exit 0; sleep 0.05; done; cat /proc/%s/status; exit 1"
            .formatted(pid, pid));
    assertThat(worker.inside("grep -h ^State /proc/[0-9]*/status")).doesNotContain("Z (zombie)");
  }
}
