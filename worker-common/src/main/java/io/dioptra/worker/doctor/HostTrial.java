package io.dioptra.worker.doctor;

import io.dioptra.worker.config.PythonSettings;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.TaskHosts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Starts a template and a host as for a job, and lets them leave again. */
final class HostTrial {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HostSettings settings;

  HostTrial(PythonSettings python) {
    this.settings =
        new HostSettings(
            python.interpreter(), python.taskHost(), List.of(), python.environment(), LIMIT, LIMIT);
  }

  Finding examine() throws InterruptedException {
    long start = System.nanoTime();
    try (TaskHosts hosts = TaskHosts.open(settings, Clock.systemUTC());
        var host = hosts.start(_ -> {})) {
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
