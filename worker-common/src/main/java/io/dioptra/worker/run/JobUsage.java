package io.dioptra.worker.run;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What an attempt has used.
 *
 * @param peakMemory the most that was seen of all its processes together, in bytes; 0 where it
 *     cannot be seen
 * @param processorTime of its processes
 * @param steps how long each took that was begun, in their order
 */
record JobUsage(long peakMemory, Duration processorTime, SequencedMap<String, Duration> steps) {
  private static final double NANOS = 1e9;

  JobUsage {
    steps = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(steps));
  }

  /** For people. */
  String text() {
    String memory =
        peakMemory == 0 ? "" : " and up to %d MiB of memory".formatted(peakMemory >> 20);
    String times =
        steps.entrySet().stream()
            .map(it -> "%s %s".formatted(it.getKey(), seconds(it.getValue())))
            .collect(Collectors.joining(", "));
    return "Used %s of processor time%s%s"
        .formatted(seconds(processorTime), memory, times.isEmpty() ? "" : "; steps: " + times);
  }

  /** For MLflow, below {@code system/}, as its own metrics of machines. */
  SequencedMap<String, Double> metrics() {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("system/job_cpu_seconds", processorTime.toNanos() / NANOS);
    if (peakMemory > 0) {
      metrics.put("system/job_memory_peak_megabytes", peakMemory / 1e6);
    }
    steps.forEach((step, time) -> metrics.put(metric(step), time.toNanos() / NANOS));
    return metrics;
  }

  /** MLflow takes few characters in a metric's name, and a step's may have any. */
  private static String metric(String step) {
    return "system/step_seconds/" + step.replaceAll("[^A-Za-z0-9_ :-]", "_");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toNanos() / NANOS);
  }
}
