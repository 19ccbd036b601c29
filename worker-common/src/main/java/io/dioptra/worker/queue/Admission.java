package io.dioptra.worker.queue;

import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.payload.Payload;
import java.time.Duration;
import java.util.Optional;

/** Whether a claimed job is one this worker runs. */
sealed interface Admission {
  record Admitted(JobTicket ticket) implements Admission {}

  /** Why not, in one printable line. */
  record Refused(String reason) implements Admission {}

  /** Judges the fields of a job; never throws for what they hold. */
  static Admission of(ClaimReply.Claimed claimed) {
    return switch (claimed.payload()) {
      case Payload.Refused(String reason) -> new Refused(reason);
      case Payload.Call call -> ticket(claimed, call);
    };
  }

  private static Admission ticket(ClaimReply.Claimed claimed, Payload.Call call) {
    try {
      return new Admitted(
          new JobTicket(
              new QueueName(claimed.origin()),
              call.job(),
              call.experiment(),
              timeout(claimed.timeout())));
    } catch (IllegalArgumentException e) {
      return new Refused("its timeout is not a number of seconds, nor -1 for none");
    }
  }

  /**
   * Returns empty for a job that may run for ever.
   *
   * @throws IllegalArgumentException if {@code field} is not a timeout
   */
  static Optional<Duration> timeout(String field) {
    if (field.isEmpty()) {
      return Optional.of(ClaimScript.DEFAULT_TIMEOUT);
    }
    long seconds = Long.parseLong(field);
    return seconds == -1 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }
}
