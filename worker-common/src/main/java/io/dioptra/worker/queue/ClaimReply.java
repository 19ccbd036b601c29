package io.dioptra.worker.queue;

import io.dioptra.worker.queue.payload.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the claim script answers. */
sealed interface ClaimReply {
  /**
   * A job with its lease written.
   *
   * @param timeout its field, empty where it has none
   * @param extras what its producer wants beside it, such as {@code success callback tasks.tell}
   */
  record Claimed(
      String job,
      String execution,
      String origin,
      Payload payload,
      String timeout,
      List<String> extras)
      implements ClaimReply {
    Claimed with(List<String> others) {
      return new Claimed(job, execution, origin, payload, timeout, others);
    }

    Execution execution(Instant started, Optional<Duration> limit) {
      return new Execution(job, execution, origin, false, started, limit);
    }

    Execution adoption(Instant started) {
      return new Execution(job, execution, origin, true, started, Optional.empty());
    }
  }

  record Empty() implements ClaimReply {}

  /** Many entries without a job were dropped; ask again. */
  record Again() implements ClaimReply {}

  record Suspended() implements ClaimReply {}
}
