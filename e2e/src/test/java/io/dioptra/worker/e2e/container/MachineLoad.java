package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.List;

/** Times on a machine that may have other work as well. */
final class MachineLoad {
  private static final double TOO_MUCH = 3;

  private MachineLoad() {}

  /**
   * Asserts that the median is within a limit, which holds for a machine without other work: it is
   * raised by as many times as there are processes for each processor. Where there are three and
   * more, times say nothing, and the test is aborted with them.
   */
  static void assertMedian(String what, List<Duration> times, Duration limit) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double crowd = system.getSystemLoadAverage() / system.getAvailableProcessors();
    String measured =
        "%s: %s ms, with %.1f processes for each processor"
            .formatted(what, times.stream().map(Duration::toMillis).sorted().toList(), crowd);
    System.out.println(measured);
    assumeTrue(crowd < TOO_MUCH, "The machine is too busy to judge times. " + measured);
    Duration median = times.stream().sorted().toList().get(times.size() / 2);
    Duration allowed = Duration.ofMillis(Math.round(limit.toMillis() * Math.max(1, crowd)));
    assertThat(median).as(measured).isLessThanOrEqualTo(allowed);
  }
}
