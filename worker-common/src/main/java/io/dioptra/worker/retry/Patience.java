package io.dioptra.worker.retry;

import java.time.Duration;

/**
 * How long a request is repeated.
 *
 * @param total after this no further attempt is made, and an attempt under way is given up
 * @param firstWait before the second attempt; doubled before each further one
 * @param longestWait the doubling ends here
 */
public record Patience(Duration total, Duration firstWait, Duration longestWait) {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  public Patience {
    if (!total.isPositive() || !firstWait.isPositive() || longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "patience needs positive times: " + total + ", " + firstWait + ", " + longestWait);
    }
  }

  /** Waits of 0.2 s up to 10 s, {@code total} in all. */
  public static Patience of(Duration total) {
    return new Patience(total, FIRST_WAIT, LONGEST_WAIT);
  }

  /** The wait after so many failed attempts in a row. */
  Duration waitAfter(int failures) {
    Duration wait = firstWait;
    for (int i = 1; i < failures && wait.compareTo(longestWait) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
