package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that uses Dioptra's client with what the worker gives it. */
@ExtendWith(SharedSite.class)
class MeasuringIT {
  private static final String TASKS =
      """
      import os
      import structlog
      from dioptra import pyplugs
      from dioptra.client.base import StatusCodeError
      from dioptra.sdk.utilities.auth_client import get_authenticated_worker_client

      LOGGER = structlog.get_logger()


      @pyplugs.register
      def measure() -> float:
          client = get_authenticated_worker_client(LOGGER, "json")
          job = int(os.environ["__JOB_ID"])
          client.jobs.append_metric_by_id(job, "accuracy", 0.75)
          try:
              client.jobs.delete_by_id(job)
          except StatusCodeError as error:
              LOGGER.info("refused", status=error.status_code)
          for name, value in os.environ.items():
              LOGGER.info("variable", name=name, value=value)
          for variable in open("/proc/self/environ").read().split("\\0"):
              LOGGER.info("inherited", variable=variable)
          return client.jobs.get_metrics_by_id(job)[0]["value"]
      """;

  @Test
  void aMetricIsPostedWithoutTheWorkersPassword(DioptraSite site, @TempDir Path folder)
      throws Exception {
    String password =
        Objects.requireNonNull(site.workerEnvironment().get("DIOPTRA_WORKER_PASSWORD"));
    String unique = "m" + UUID.randomUUID().toString().replace("-", "");
    try (WorkerProcess worker =
        WorkerProcess.start("worker-common", site.workerEnvironment(), folder, unique)) {
      SubmittedJob job = submit(site.client(), unique);
      String status = job.awaitEnd(Duration.ofMinutes(2));

      assertThat(status).as("%s%n%s", job.logText(), worker.log()).isEqualTo("finished");
      assertThat(job.metrics()).containsEntry("accuracy", 0.75);
      assertThat(job.logText())
          .contains("DIOPTRA_WORKER_PASSWORD", "inherited", "may not DELETE", "status=403")
          .doesNotContain(password, site.api().toString());
      assertThat(worker.log()).doesNotContain(password);
    }
  }

  private static SubmittedJob submit(DioptraClient client, String name) throws Exception {
    int plugin =
        client.createPlugin(
            PluginSource.of(name, "tasks.py", TASKS)
                .function("measure", List.of(), List.of("value", "number")));
    int queue = client.createQueue(name);
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(name, "measured:\n  measure: []\n").plugins(plugin), queue);
    return client.job(client.createExperiment(name, entrypoint), entrypoint, queue).submit();
  }
}
