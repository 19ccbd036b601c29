package io.dioptra.worker.job;

import java.time.Duration;
import java.util.Optional;

/**
 * What a queue hands out: which job to run and for how long at most.
 *
 * @param timeout empty where the job may run for ever
 */
public record JobTicket(
    QueueName queue, JobId job, ExperimentId experiment, Optional<Duration> timeout) {
  public JobTicket {
    if (timeout.isPresent() && !timeout.get().isPositive()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout.get());
    }
  }
}
