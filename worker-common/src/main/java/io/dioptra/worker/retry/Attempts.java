package io.dioptra.worker.retry;

import java.time.Duration;

/** The attempts at one request, within one {@link Patience}. Belongs to one thread. */
public final class Attempts {
  /** A closed kept-alive connection says nothing about the server; a second one does. */
  private static final int AT_ONCE = 1;

  private final Patience patience;
  private final MonotonicClock clock;
  private final long start;
  private int failures;
  private int broken;

  public Attempts(Patience patience, MonotonicClock clock) {
    this.patience = patience;
    this.clock = clock;
    this.start = clock.nanoTime();
  }

  /**
   * Counts a failed attempt and waits until the next one is due: not at all after the first broken
   * connection, else longer each time.
   *
   * @return false, at once, where the next attempt would come too late
   */
  public boolean again(Trouble trouble) throws InterruptedException {
    if (trouble == Trouble.BROKEN_CONNECTION && ++broken <= AT_ONCE) {
      return remaining().isPositive();
    }
    failures++;
    Duration wait = patience.waitAfter(failures);
    if (remaining().compareTo(wait) <= 0) {
      return false;
    }
    clock.sleep(wait);
    return true;
  }

  /** How many attempts have failed so far. */
  public int failed() {
    return failures + Math.min(broken, AT_ONCE);
  }

  /** What is left of the total time; negative when it is over. */
  public Duration remaining() {
    return patience.total().minusNanos(clock.nanoTime() - start);
  }
}
