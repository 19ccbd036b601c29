package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commit that an image was built from, where the sources are a git checkout. */
final class SourceRevision {
  private SourceRevision() {}

  /** The commit, marked where a file differs from it; accepted sizes may, they are in no image. */
  static Optional<String> of(Path checkout) throws IOException {
    if (!Files.exists(checkout.resolve(".git"))) {
      return Optional.empty();
    }
    try {
      String commit = git(checkout, "rev-parse", "HEAD");
      String changes =
          git(checkout, "status", "--porcelain", "--untracked-files=no", ".", ":!images.lock.md");
      return Optional.of(changes.isEmpty() ? commit : commit + "-dirty");
    } catch (BuildFailure notACheckout) {
      return Optional.empty();
    }
  }

  private static String git(Path checkout, String... arguments) throws IOException, BuildFailure {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Program.output(checkout.toFile(), Map.of(), command);
  }
}
