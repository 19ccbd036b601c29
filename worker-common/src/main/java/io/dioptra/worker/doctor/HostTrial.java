package io.dioptra.worker.doctor;

import io.dioptra.worker.config.PythonSettings;
import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.job.QueueName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Starts a template and a host as for a job, and lets them leave again. */
final class HostTrial {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HostSettings settings;

  HostTrial(PythonSettings python) {
    this.settings =
        new HostSettings(
            python.interpreter(),
            python.taskHost(),
            PreloadSettings.NONE,
            TemplateLife.FOR_EVER,
            python.environment(),
            LIMIT,
            LIMIT);
  }

  private static HostOrder order() {
    return new HostOrder(
        new QueueName("doctor"), _ -> {}, _ -> {}, CompletableFuture.completedFuture(_ -> false));
  }

  Finding examine() throws InterruptedException {
    long start = System.nanoTime();
    try (TaskHosts hosts = TaskHosts.open(settings, Clock.systemUTC());
        var host = hosts.start(order())) {
      host.finish();
    } catch (IOException | HostStartException e) {
      return Finding.error(
          "the task host does not start: " + e.getMessage(),
          "let DIOPTRA_WORKER_TASK_HOST and DIOPTRA_WORKER_PYTHON be what the image sets");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return Finding.ok("the task host starts (%.1f s)".formatted(seconds));
  }
}
