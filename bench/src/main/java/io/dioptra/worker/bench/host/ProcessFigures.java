package io.dioptra.worker.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What one process holds, as Linux counts it.
 *
 * @param rss resident memory in MiB, shared pages in full
 * @param pss the same, with shared pages divided among those who share them
 * @param descriptors open ones
 * @param threads of the operating system
 * @param children processes that it has started and that are there, with theirs
 */
record ProcessFigures(double rss, double pss, long descriptors, long threads, long children) {
  static ProcessFigures of(ProcessHandle process) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    List<String> memory = Files.readAllLines(folder.resolve("smaps_rollup"));
    return new ProcessFigures(
        mebibytes(memory, "Rss:"),
        mebibytes(memory, "Pss:"),
        entries(folder.resolve("fd")),
        entries(folder.resolve("task")),
        process.descendants().count());
  }

  private static double mebibytes(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .sum();
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  /** As columns. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%9.1f %9.1f %8d %8d %8d", rss, pss, descriptors, threads, children);
  }
}
