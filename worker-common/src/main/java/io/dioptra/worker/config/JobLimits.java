package io.dioptra.worker.config;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one job may use. What is empty has no limit but the system's.
 *
 * @param memory of all its processes together, in bytes
 * @param processes at the same time
 * @param openFiles in each process
 * @param folder in its folder, in bytes
 * @param grace how long a job whose time is over may tidy up
 */
public record JobLimits(
    OptionalLong memory,
    OptionalInt processes,
    OptionalInt openFiles,
    OptionalLong folder,
    Duration grace) {
  /** Without any option. */
  public static final JobLimits DEFAULT =
      new JobLimits(
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          Duration.ofSeconds(3));

  /** Whether there is one that has to be watched. */
  public boolean any() {
    return memory.isPresent() || processes.isPresent() || folder.isPresent();
  }
}
