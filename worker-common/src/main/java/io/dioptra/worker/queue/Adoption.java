package io.dioptra.worker.queue;

import java.time.Duration;
import java.util.Optional;

/** What the search for attempts of workers that disappeared finds. */
sealed interface Adoption {
  /**
   * An attempt that is this worker's now.
   *
   * @param losses how often the job's worker disappeared within 72 hours, this time included
   */
  record Adopted(ClaimReply.Claimed job, int losses) implements Adoption {}

  /** Nothing; the first lease ends after {@code next}, if there is any. */
  record Nothing(Optional<Duration> next) implements Adoption {}
}
