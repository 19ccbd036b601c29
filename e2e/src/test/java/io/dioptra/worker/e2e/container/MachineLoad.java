package io.dioptra.worker.e2e.container;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;

/** How busy this machine is with other work. */
final class MachineLoad {
  private MachineLoad() {}

  /**
   * The time that something may take here which may take that long on a machine of its own: more by
   * as many times as there are processes for each processor, at most four.
   */
  static Duration allowing(Duration time) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double crowd = system.getSystemLoadAverage() / system.getAvailableProcessors();
    return Duration.ofMillis(Math.round(time.toMillis() * Math.clamp(crowd, 1.0, 4.0)));
  }
}
