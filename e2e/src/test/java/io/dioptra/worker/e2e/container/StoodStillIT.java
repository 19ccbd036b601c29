package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.testcontainers.containers.Container.ExecResult;

/** What the check of an orchestrator is told of a worker that hangs. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class StoodStillIT {
  private static final String CHECK = "/usr/local/bin/healthcheck.sh";

  /** The file promises health for 90 s after the last sign of life. */
  private static final Duration PROMISE = Duration.ofSeconds(100);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Test
  void aWorkerThatStandsStillBecomesUnhealthy(DioptraSite site) throws Exception {
    try (WorkerContainer worker =
        WorkerContainer.of(TestedImage.smallest(), site, Probe.unique())) {
      worker.start();
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
}
