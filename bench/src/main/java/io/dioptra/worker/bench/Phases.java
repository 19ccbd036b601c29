package io.dioptra.worker.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long this worker says that the phases of its jobs took. */
final class Phases {
  private static final Pattern LINE = Pattern.compile("Job phases job=\\S+ status=\\S+ ([^\\[]*)");
  private static final Pattern PHASE = Pattern.compile("(\\w+)=(\\d+)");

  private final Map<String, List<Duration>> times = new LinkedHashMap<>();

  /**
   * Reads the worker's log.
   *
   * @param jobs how many of the last jobs count
   */
  Phases(String log, int jobs) {
    List<String> lines =
        log.lines().map(LINE::matcher).filter(Matcher::find).map(m -> m.group(1)).toList();
    for (String line : lines.subList(Math.max(0, lines.size() - jobs), lines.size())) {
      PHASE
          .matcher(line)
          .results()
          .forEach(
              phase ->
                  times
                      .computeIfAbsent(phase.group(1), _ -> new ArrayList<>())
                      .add(Duration.ofMillis(Long.parseLong(phase.group(2)))));
    }
  }

  void print(PrintStream out) {
    out.printf("  %-32s%8s%8s%8s%n", "phases of this worker", "min", "median", "max");
    times.forEach((phase, all) -> out.printf("    %-30s%s%n", phase, new Times(all)));
  }
}
