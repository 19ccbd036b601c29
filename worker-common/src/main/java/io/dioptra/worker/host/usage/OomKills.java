package io.dioptra.worker.host.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How often the kernel has ended a process because memory ran out, in this container or anywhere on
 * the machine: who was ended by SIGKILL while the number rose was most likely that one. Any thread
 * may ask.
 */
public final class OomKills {
  private static final Path COUNTERS = Path.of("/proc/vmstat");
  private static final String FIELD = "oom_kill ";

  private final long before = count();

  /** Whether there was one since this object was made. */
  public boolean since() {
    return count() > before;
  }

  private static long count() {
    try (Stream<String> lines = Files.lines(COUNTERS)) {
      return lines
          .filter(line -> line.startsWith(FIELD))
          .mapToLong(line -> Long.parseLong(line.substring(FIELD.length())))
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      // Not Linux.
      return 0;
    }
  }
}
