package io.dioptra.worker.host;

import java.time.Duration;
import java.util.Optional;

/**
 * When a template is replaced or let go.
 *
 * @param maxForks after how many hosts another one takes its place
 * @param idle after how long without a job the one with all its imports is let go; empty for never
 */
public record TemplateLife(int maxForks, Optional<Duration> idle) {
  /** Never. */
  public static final TemplateLife FOR_EVER = new TemplateLife(Integer.MAX_VALUE, Optional.empty());
}
