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
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.containers.Container.ExecResult;

/** What the check of an orchestrator is told. */
@ExtendWith(SharedSite.class)
@Isolated("measures the check")
class HealthIT {
  private static final String CHECK = "/usr/local/bin/healthcheck.sh";
  private static final Duration QUICK = Duration.ofMillis(50);

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
}
