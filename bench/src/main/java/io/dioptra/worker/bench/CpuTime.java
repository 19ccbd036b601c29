package io.dioptra.worker.bench;

import io.dioptra.worker.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The processor time that processes have used since they began. Linux only. */
final class CpuTime {
  private static final int OWN_USER = 11;
  private static final int CHILDREN_SYSTEM = 14;
  private static final Duration TICK = Duration.ofMillis(10);

  private CpuTime() {}

  /** Of all processes of the servers, with the children that they have outlived. */
  static Duration of(List<ServerProcess> servers) throws IOException {
    Duration sum = Duration.ZERO;
    for (ServerProcess server : servers) {
      for (long pid : server.pids()) {
        sum = sum.plus(of(pid));
      }
    }
    return sum;
  }

  /** Of one process, with the children that it has outlived. */
  static Duration of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name of the process stands in parentheses and may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = OWN_USER; field <= CHILDREN_SYSTEM; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return TICK.multipliedBy(ticks);
  }
}
