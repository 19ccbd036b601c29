package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.Container.ExecResult;

/** What the check of an orchestrator is told. */
@ExtendWith(SharedSite.class)
class HealthIT {
  private static final String CHECK = "/usr/local/bin/healthcheck.sh";
  private static final Duration QUICK = Duration.ofMillis(50);

  /** The file promises health for 90 s after the last sign of life. */
  private static final Duration PROMISE = Duration.ofSeconds(100);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private Probe probe;
  private WorkerContainer worker;

  @BeforeEach
  void start(DioptraSite site) throws Exception {
    probe = Probe.at(site.client());
    worker = WorkerContainer.of(TestedImage.smallest(), site, probe.queueName());
    worker.start();
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void anIdleWorkerIsHealthy() throws Exception {
    ExecResult check = worker.execInContainer(CHECK);
    assertThat(check.getExitCode()).as(check.getStdout()).isZero();
    assertThat(check.getStdout()).startsWith("healthy: ");
  }

  @Test
  void aBusyWorkerIsHealthyAndSaysWithWhatItIsBusy() throws Exception {
    SubmittedJob job = probe.submit("wait", "/tmp/gate");
    Probe.awaitLog(job, "about to wait");
    ExecResult check = worker.execInContainer(CHECK);
    assertThat(check.getExitCode()).as(check.getStdout()).isZero();
    assertThat(check.getStdout()).contains("busy with job " + job.id());
    worker.inside("touch /tmp/gate");
    assertThat(job.awaitEnd(Duration.ofMinutes(1))).isEqualTo("finished");
  }

  @Test
  void theCheckTakesFiftyMilliseconds() throws Exception {
    String script =
        "TIMEFORMAT=%R; for i in {1..9}; do { time " + CHECK + " >/dev/null; } 2>&1; done";
    List<Duration> times =
        worker
            .inside(script)
            .lines()
            .map(seconds -> Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)))
            .toList();
    MachineLoad.assertMedian("The health check", times, QUICK);
  }

  @Test
  void aWorkerThatStandsStillBecomesUnhealthy() throws Exception {
    worker.inside("kill -STOP $(grep -lx java /proc/[0-9]*/comm | cut -d / -f 3)");
    long end = System.nanoTime() + PROMISE.toNanos();
    ExecResult check = worker.execInContainer(CHECK);
    assertThat(check.getExitCode()).as("right after the last sign of life").isZero();
    while (check.getExitCode() == 0 && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
      check = worker.execInContainer(CHECK);
    }
    assertThat(check.getExitCode()).isEqualTo(1);
    assertThat(check.getStdout()).contains("unhealthy: no sign of life");
  }
}
