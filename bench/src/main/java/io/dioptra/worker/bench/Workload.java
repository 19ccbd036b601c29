package io.dioptra.worker.bench;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.JobRequest;
import java.util.Map;

/**
 * What is measured.
 *
 * @param title for people
 * @param values of the entrypoint's parameters
 * @param runs on each worker
 */
record Workload(
    String title, int experiment, int entrypoint, Map<String, String> values, int runs) {
  Workload {
    values = Map.copyOf(values);
  }

  JobRequest job(DioptraClient client, Contender contender) {
    JobRequest request = client.job(experiment, entrypoint, contender.queue());
    values.forEach(request::value);
    return request;
  }
}
