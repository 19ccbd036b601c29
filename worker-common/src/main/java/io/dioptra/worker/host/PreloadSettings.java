package io.dioptra.worker.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the template imports.
 *
 * @param declared in this order; those that are missing are reported, not refused
 * @param learning how it learns what else jobs need; empty for not at all
 */
public record PreloadSettings(List<String> declared, Optional<Learning> learning) {
  /** Nothing, and nothing is learned. */
  public static final PreloadSettings NONE = new PreloadSettings(List.of(), Optional.empty());

  public PreloadSettings {
    declared = List.copyOf(declared);
  }

  /**
   * What jobs import is kept for the next template.
   *
   * @param file keeps what was learned from one worker to the next
   * @param queues whose jobs this worker runs
   */
  public record Learning(Path file, List<String> queues) {
    public Learning {
      queues = List.copyOf(queues);
    }
  }
}
