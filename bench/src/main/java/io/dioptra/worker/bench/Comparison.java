package io.dioptra.worker.bench;

import io.dioptra.worker.testing.DioptraClient;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs one workload on all contenders, alternately and one job at a time. */
final class Comparison {
  private final DioptraClient client;
  private final Workload workload;
  private final Map<Contender, List<JobTime>> times = new LinkedHashMap<>();

  /**
   * Measures nothing yet.
   *
   * @param contenders the first one is what the others are compared with
   */
  Comparison(DioptraClient client, Workload workload, List<Contender> contenders) {
    this.client = client;
    this.workload = workload;
    contenders.forEach(contender -> times.put(contender, new ArrayList<>()));
  }

  /** Runs the jobs; the first one of each contender is a warm-up and does not count. */
  void run() throws IOException, InterruptedException {
    for (int round = 0; round <= workload.runs(); round++) {
      for (Contender contender : times.keySet()) {
        JobTime time = JobTime.of(workload.job(client, contender));
        if (round > 0) {
          times.get(contender).add(time);
        }
      }
    }
  }

  void print(PrintStream out) throws IOException {
    out.printf("%n%s, %d runs each after a warm-up; seconds%n", workload.title(), workload.runs());
    table(out, "until a client sees it finished", JobTime::seen);
    table(out, "until the API's own time stamp", JobTime::stamped);
    out.println("  " + MachineLoad.now());
  }

  private void table(PrintStream out, String until, Function<JobTime, java.time.Duration> which) {
    out.printf("  %-32s%8s%8s%8s%n", until, "min", "median", "max");
    List<Times> all = new ArrayList<>();
    times.forEach(
        (contender, measured) -> {
          Times one = new Times(measured.stream().map(which).toList());
          all.add(one);
          out.printf("    %-30s%s%n", contender.name(), one);
        });
    if (all.size() > 1) {
      out.printf("    %-30s%16.1f%n", "ratio of medians", all.getFirst().ratio(all.getLast()));
    }
  }
}
