package io.dioptra.worker.image;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commit that an image was built from, where the sources are a git checkout. */
final class SourceRevision {
  static final String LABEL = "org.opencontainers.image.revision";

  private SourceRevision() {}

  static Optional<String> of(Build build) throws IOException {
    try {
      return Optional.of(
          Program.output(
              build.checkout().toFile(),
              Map.of(),
              List.of("git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty")));
    } catch (BuildFailure notACheckout) {
      return Optional.empty();
    }
  }
}
