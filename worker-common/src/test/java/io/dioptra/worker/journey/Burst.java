package io.dioptra.worker.journey;

import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What became of many greeting jobs that were submitted without a pause.
 *
 * @param statuses in Dioptra
 * @param runs how many MLflow runs each job has
 * @param results how many results each job has in RQ
 * @param stepLines how often the log of each job says that the step runs
 * @param total from the first submission to the last end
 * @param median of what one job took the worker
 */
record Burst(
    List<String> statuses,
    List<Integer> runs,
    List<Integer> results,
    List<Long> stepLines,
    Duration total,
    Duration median) {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Pattern PHASES = Pattern.compile("Job phases job=(\\d+) status=\\S+ (.*)");

  static Burst of(Workshop shop, int count) throws IOException, InterruptedException {
    Letters letters = Letters.in(shop);
    long start = System.nanoTime();
    List<SubmittedJob> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(letters.write("guest " + i));
    }
    jobs.getLast().awaitEnd(LIMIT);
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    Map<String, Integer> runs = TrackedJob.runsByJob(shop.site().mlflow());
    Burst burst =
        new Burst(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            total,
            median(shop.worker().log(), jobs));
    for (SubmittedJob job : jobs) {
      String id = Integer.toString(job.id());
      burst.statuses.add(job.status());
      burst.runs.add(runs.getOrDefault(id, 0));
      burst.results.add(shop.endedInRq(id).results());
      burst.stepLines.add(job.logText().lines().filter(it -> it.contains("Running step")).count());
    }
    return burst;
  }

  /** From the worker's own figures: the sum of a job's phases. */
  private static Duration median(String log, List<SubmittedJob> jobs) {
    List<String> ids = jobs.stream().map(job -> Integer.toString(job.id())).toList();
    List<Long> sums =
        PHASES
            .matcher(log)
            .results()
            .filter(line -> ids.contains(line.group(1)))
            .map(line -> sum(line.group(2)))
            .sorted()
            .toList();
    return sums.isEmpty() ? Duration.ZERO : Duration.ofMillis(sums.get(sums.size() / 2));
  }

  private static long sum(String phases) {
    return Pattern.compile("=(\\d+)")
        .matcher(phases)
        .results()
        .mapToLong(phase -> Long.parseLong(phase.group(1)))
        .sum();
  }

  @Override
  public String toString() {
    return "%d jobs in %.1f s; median of one job %d ms"
        .formatted(statuses.size(), total.toMillis() / 1000.0, median.toMillis());
  }
}
