package io.dioptra.worker.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves when somebody sleeps on it, and remembers for how long they did. */
public final class HandClock implements MonotonicClock {
  private final List<Duration> sleeps = new ArrayList<>();
  private long now = 1_000_000_007L;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration time) {
    sleeps.add(time);
    now += time.toNanos();
  }

  /** All sleeps so far, in order. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
