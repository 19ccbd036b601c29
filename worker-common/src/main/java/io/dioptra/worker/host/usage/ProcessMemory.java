package io.dioptra.worker.host.usage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory of a tree of processes. What several of them share counts once: the kernel's
 * proportional set size ({@code Pss} in proc(5)), so that a fork of a large process is small. Where
 * another user's process does not show it, what each has grown by since it was first seen counts.
 * For one thread.
 */
public final class ProcessMemory {
  private static final Set<String> RESIDENT = Set.of("VmRSS");
  private static final Set<String> SHARED_ONCE = Set.of("Pss_Anon", "Pss_Shmem", "SwapPss");
  private static final Set<String> OWN = Set.of("RssAnon", "RssShmem", "VmSwap");

  private final Map<Long, Long> atFirst = new HashMap<>();

  /**
   * The resident memory of all, in bytes, in which shared pages count each time: at least what
   * {@link #used} would say, and a hundred times as fast. What has ended counts nothing.
   */
  public static long atMost(List<Long> processes) {
    return processes.stream().mapToLong(it -> sum(it, "status", RESIDENT, 0)).sum();
  }

  /** In bytes. Takes some milliseconds for a large process. */
  long used(List<Long> processes) {
    return processes.stream().mapToLong(this::used).sum();
  }

  private long used(long process) {
    long own = sum(process, "status", OWN, 0);
    long growth = own - atFirst.computeIfAbsent(process, _ -> own);
    return sum(process, "smaps_rollup", SHARED_ONCE, Math.max(growth, 0));
  }

  private static long sum(long process, String file, Set<String> fields, long unknown) {
    try {
      String text =
          Files.readString(
              Path.of("/proc", Long.toString(process), file), StandardCharsets.ISO_8859_1);
      return text.lines().mapToLong(line -> bytes(line, fields)).sum();
    } catch (IOException _) {
      return unknown;
    }
  }

  /** Of a line such as {@code Pss_Anon: 1234 kB}; 0 for others. */
  private static long bytes(String line, Set<String> fields) {
    int colon = line.indexOf(':');
    if (colon < 0 || !fields.contains(line.substring(0, colon))) {
      return 0;
    }
    String[] words = line.substring(colon + 1).strip().split(" ");
    return Long.parseLong(words[0]) << 10;
  }
}
