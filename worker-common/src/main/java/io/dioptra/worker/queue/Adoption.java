package io.dioptra.worker.queue;

import java.time.Duration;

/** What the search for attempts of workers that disappeared finds. */
sealed interface Adoption {
  /**
   * An attempt that is this worker's now.
   *
   * @param losses how often the job's worker disappeared within 72 hours, this time included
   */
  record Adopted(ClaimReply.Claimed job, int losses) implements Adoption {}

  /** Nothing; before {@code next} no lease ends. */
  record Nothing(Duration next) implements Adoption {}
}
