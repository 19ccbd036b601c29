package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.EntrypointEntry;
import io.dioptra.worker.task.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a command is about: a configuration as a worker gets it, but with all choices of its swaps.
 *
 * @param file the file that was named
 * @param spots where its parts were written
 * @param origin the entrypoint it was made of; empty for one that was written as it is
 * @param findings what was found while it was read
 */
public record Subject(
    Path file,
    Value.Members configuration,
    Spots spots,
    Optional<Origin> origin,
    List<Finding> findings) {
  public Subject {
    findings = List.copyOf(findings);
  }

  /** An entrypoint and all that is declared with it. */
  record Origin(Resources resources, EntrypointEntry entrypoint) {}

  /** Whether nothing was found that Dioptra would refuse. */
  boolean isUsable() {
    return findings.stream().noneMatch(Finding::error);
  }

  /** A name for people. */
  public String name() {
    return origin.map(it -> it.entrypoint().name()).orElse(String.valueOf(file.getFileName()));
  }
}
