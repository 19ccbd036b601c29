package io.dioptra.worker.jvm.score;

import java.time.Duration;
import java.util.List;

/** How long calls took. */
public record Latencies(List<Duration> sorted) {
  public Latencies {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /**
   * The time that this part of the calls did not exceed, in milliseconds, interpolated between two
   * calls as NumPy does.
   *
   * @param percent 0 to 100
   */
  public double percentile(double percent) {
    double at = percent / 100 * (sorted.size() - 1);
    int below = (int) Math.floor(at);
    int above = (int) Math.ceil(at);
    return milliseconds(below) + (at - below) * (milliseconds(above) - milliseconds(below));
  }

  private double milliseconds(int index) {
    return sorted.get(index).toNanos() / 1e6;
  }

  /** How many examples a second were done, with this many in each call. */
  public double throughput(int batch) {
    double seconds = sorted.stream().mapToLong(Duration::toNanos).sum() / 1e9;
    return batch * sorted.size() / seconds;
  }
}
