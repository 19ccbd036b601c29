package io.dioptra.worker.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at a job, by the name that RQ gives it.
 *
 * @param job RQ's id of the job
 * @param id RQ's name of this attempt
 * @param origin the queue whose registries the job is in
 * @param isAdopted whether it only ends the attempt of a worker that disappeared
 * @param timeout empty where the job may run for ever
 */
record Execution(
    String job,
    String id,
    String origin,
    boolean isAdopted,
    Instant started,
    Optional<Duration> timeout) {
  /** Giving a job its end takes a moment: whoever dies in it is to be followed soon. */
  static final Duration ADOPTED_LEASE = Duration.ofSeconds(6);

  private static final Duration LEASE_GRACE = Duration.ofMinutes(1);

  Duration workingTime(Instant now) {
    Duration worked = Duration.between(started, now);
    return worked.isNegative() ? Duration.ZERO : worked;
  }

  /** How often its lease is renewed, where running jobs have theirs renewed each {@code usual}. */
  Duration beatInterval(Duration usual) {
    Duration third = ADOPTED_LEASE.dividedBy(3);
    return isAdopted && third.compareTo(usual) < 0 ? third : usual;
  }

  /** RQ's rule: the shorter of what is left and the interval, and a minute. */
  Duration lease(Instant now, Duration interval) {
    if (isAdopted) {
      return ADOPTED_LEASE;
    }
    Duration next =
        timeout
            .map(limit -> limit.minus(workingTime(now)))
            .filter(left -> left.compareTo(interval) < 0)
            .orElse(interval);
    return (next.isNegative() ? Duration.ZERO : next).plus(LEASE_GRACE);
  }
}
