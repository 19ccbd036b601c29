package io.dioptra.worker.journey;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.JobRequest;

/** An entrypoint of an experiment, on a queue. */
record JobKind(DioptraClient client, int experiment, int entrypoint, int queue) {
  JobRequest job() {
    return client.job(experiment, entrypoint, queue);
  }
}
