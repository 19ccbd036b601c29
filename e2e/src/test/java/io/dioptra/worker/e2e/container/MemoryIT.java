package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a container's memory runs out, the kernel ends the job and not its worker. */
@ExtendWith(SharedSite.class)
class MemoryIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long MEMORY = 700L << 20;

  private final DioptraSite site;

  MemoryIT(DioptraSite site) {
    this.site = site;
  }

  @Test
  void aJobThatTakesItAllFailsAndTheNextOneRuns() throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker =
        WorkerContainer.of(TestedImage.smallest(), site, probe.queueName()).withMemory(MEMORY)) {
      worker.start();
      SubmittedJob greedy = probe.submit("hoard", "");
      assertThat(greedy.awaitEnd(LIMIT)).isEqualTo("failed");
      assertThat(greedy.logText())
          .contains("out of memory", "signal 9 (SIGKILL)", "This can be mended by the owner");
      assertThat(probe.finished("import", "numpy")).contains("numpy ");
    }
  }
}
