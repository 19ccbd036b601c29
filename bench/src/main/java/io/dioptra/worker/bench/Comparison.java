package io.dioptra.worker.bench;

import io.dioptra.worker.testing.DioptraSite;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs one workload on all contenders, alternately and one job at a time. */
final class Comparison {
  private final DioptraSite site;
  private final Workload workload;
  private final Map<Contender, List<JobTime>> times = new LinkedHashMap<>();

  /**
   * Measures nothing yet.
   *
   * @param contenders the first one is what the others are compared with
   */
  Comparison(DioptraSite site, Workload workload, List<Contender> contenders) {
    this.site = site;
    this.workload = workload;
    contenders.forEach(contender -> times.put(contender, new ArrayList<>()));
  }

  /** Runs the jobs; the first one of each contender finds it cold and is told apart. */
  void run() throws IOException, InterruptedException {
    for (int round = 0; round <= workload.runs(); round++) {
      for (Contender contender : times.keySet()) {
        JobTime time =
            JobTime.of(
                workload.job(site.client(), contender), contender.process(), site.processes());
        times.get(contender).add(time);
      }
    }
  }

  void print(PrintStream out) throws IOException {
    out.printf(
        "%n%s, %d runs each after a first one; seconds%n", workload.title(), workload.runs());
    table(out, "until a client sees it finished", JobTime::seen);
    table(out, "until the API's own time stamp", JobTime::stamped);
    table(out, "processor time of the worker", JobTime::worker);
    table(out, "processor time of API and MLflow", JobTime::site);
    out.println("  " + MachineLoad.now());
  }

  private void table(PrintStream out, String until, Function<JobTime, Duration> which) {
    out.printf("  %-32s%8s%8s%8s%10s%n", until, "min", "median", "max", "first");
    List<Times> all = new ArrayList<>();
    times.forEach(
        (contender, measured) -> {
          Times warm = new Times(measured.stream().skip(1).map(which).toList());
          all.add(warm);
          double first = which.apply(measured.getFirst()).toNanos() / 1e9;
          out.printf("    %-30s%s%10.3f%n", contender.name(), warm, first);
        });
    if (all.size() > 1) {
      out.printf("    %-30s%16.1f%n", "ratio of medians", all.getFirst().ratio(all.getLast()));
    }
  }
}
