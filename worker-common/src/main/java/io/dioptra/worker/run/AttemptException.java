package io.dioptra.worker.run;

import io.dioptra.worker.job.JobOutcome.Failed;

/** Ends an attempt with an outcome that is known already. */
final class AttemptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failed failure;

  AttemptException(Failed failure) {
    super(failure.message());
    this.failure = failure;
  }

  Failed failure() {
    return failure;
  }
}
