package io.dioptra.worker.app;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** How many jobs a worker may still take, all its slots together. */
final class JobBudget {
  private final Optional<Semaphore> left;

  /**
   * @param most empty for as many as there are
   */
  JobBudget(Optional<Integer> most) {
    left = most.map(Semaphore::new);
  }

  /** Returns false when all are taken. */
  boolean spend() {
    return left.isEmpty() || left.get().tryAcquire();
  }

  /** There was no job to take. */
  void giveBack() {
    left.ifPresent(Semaphore::release);
  }
}
