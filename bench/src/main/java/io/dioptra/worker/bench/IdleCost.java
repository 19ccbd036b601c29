package io.dioptra.worker.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the processes of a worker cost while there is no work. Linux only. */
final class IdleCost {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Contender contender;

  IdleCost(Contender contender) {
    this.contender = contender;
  }

  /** Watches for ten seconds. */
  void print(PrintStream out) throws IOException, InterruptedException {
    Map<Long, Duration> before = new LinkedHashMap<>();
    for (long pid : contender.process().pids()) {
      before.put(pid, CpuTime.of(pid));
    }
    Thread.sleep(WINDOW);
    out.printf("%n%s, idle for %d s%n", contender.name(), WINDOW.toSeconds());
    for (Map.Entry<Long, Duration> one : before.entrySet()) {
      long pid = one.getKey();
      Duration used = CpuTime.of(pid).minus(one.getValue());
      double cpu = (double) used.toNanos() / WINDOW.toNanos();
      out.printf(
          "  %-12s CPU %5.2f %%   resident %6.0f MB   of its own %6.0f MB%n",
          name(pid), 100 * cpu, kilobytes(pid, "Rss:") / 1e3, kilobytes(pid, "Pss:") / 1e3);
    }
  }

  private static String name(long pid) throws IOException {
    return Files.readString(proc(pid, "comm")).strip();
  }

  private static long kilobytes(long pid, String key) throws IOException {
    try {
      return Files.readAllLines(proc(pid, "smaps_rollup")).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
