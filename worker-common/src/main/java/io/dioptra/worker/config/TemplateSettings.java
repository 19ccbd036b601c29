package io.dioptra.worker.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a Python template lives.
 *
 * @param maxForks after how many task hosts another one takes its place
 * @param idle after how long without a job it is let go; empty for never
 */
public record TemplateSettings(int maxForks, Optional<Duration> idle) {
  /**
   * Imports of some seconds in a thousand jobs are some milliseconds for each. Who works with
   * Dioptra sends jobs minutes apart; after an hour without any, some seconds of waiting are less
   * than the memory is worth to others.
   */
  public static final TemplateSettings DEFAULT =
      new TemplateSettings(1000, Optional.of(Duration.ofHours(1)));
}
