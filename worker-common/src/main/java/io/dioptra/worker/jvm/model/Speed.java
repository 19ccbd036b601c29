package io.dioptra.worker.jvm.model;

import io.dioptra.worker.jvm.score.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How fast a model is: milliseconds for a batch.
 *
 * @param throughput examples a second
 */
public record Speed(double median, double percentile90, double percentile99, double throughput) {
  /**
   * Measures it.
   *
   * @param warmUp how many calls go before and are not counted
   * @param examples how many there are in a call
   * @param call calls the model once and tells how long that took
   * @throws IllegalArgumentException if there is nothing to measure
   */
  public static Speed of(int warmUp, int repetitions, long examples, Supplier<Duration> call) {
    if (repetitions < 1 || warmUp < 0) {
      throw new IllegalArgumentException(
          "repetitions has to be 1 or more, warm_up 0 or more; they are %d and %d"
              .formatted(repetitions, warmUp));
    }
    if (examples == 0) {
      throw new IllegalArgumentException("there are no examples to measure with");
    }
    List<Duration> times = new ArrayList<>();
    for (int at = 0; at < warmUp + repetitions; at++) {
      Duration time = call.get();
      if (at >= warmUp) {
        times.add(time);
      }
    }
    Latencies latencies = new Latencies(times);
    return new Speed(
        latencies.percentile(50),
        latencies.percentile(90),
        latencies.percentile(99),
        latencies.throughput(Math.toIntExact(examples)));
  }
}
