package io.dioptra.worker.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Several measurements of the same thing, the shortest first; at least one. */
record Times(List<Duration> sorted) {
  Times {
    sorted = sorted.stream().sorted().toList();
  }

  Duration median() {
    return sorted.get(sorted.size() / 2);
  }

  /** How many times longer the other one takes. */
  double ratio(Times longer) {
    return (double) longer.median().toNanos() / median().toNanos();
  }

  /** Shortest, median and longest in seconds, as columns. */
  @Override
  public String toString() {
    return seconds(sorted.getFirst()) + seconds(median()) + seconds(sorted.getLast());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%8.3f", time.toNanos() / 1e9);
  }
}
