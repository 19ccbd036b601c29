package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSite.class)
class GreetingIT {
  @Test
  void aGreetingJobIsFinished(DioptraSite site, @TempDir Path folder) throws Exception {
    Greeting greeting = Greeting.on(site);
    try (WorkerProcess worker =
        WorkerProcess.start(
            "worker-common", site.workerEnvironment(), folder, greeting.queueName())) {
      worker.awaitReady(Duration.ofMinutes(2));
      SubmittedJob job = greeting.submit("Bob");
      String status = job.awaitEnd(Duration.ofSeconds(60));
      assertThat(status).as(worker.log()).isEqualTo("finished");
      assertThat(job.logText()).contains("Running step: greeting", "=== Run succeeded ===");
    }
  }
}
