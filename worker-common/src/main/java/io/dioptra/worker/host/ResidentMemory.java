package io.dioptra.worker.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much memory a process has in use, in bytes, as the kernel counts it ({@code VmRSS} of {@code
 * /proc/PID/status}): pages that it shares with its forks count in full, so that the figure of a
 * template does not change with the number of its hosts.
 */
final class ResidentMemory {
  private static final String NAME = "VmRSS:";

  private ResidentMemory() {}

  /** Empty where the process is gone or the system does not say. */
  static OptionalLong of(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(NAME))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
