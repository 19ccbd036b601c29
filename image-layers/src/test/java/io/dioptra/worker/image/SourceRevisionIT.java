package io.dioptra.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRevisionIT {
  private final Path checkout;

  SourceRevisionIT(@TempDir Path checkout) {
    this.checkout = checkout;
  }

  @Test
  void aCleanCheckoutHasItsCommit() throws IOException, BuildFailure {
    String commit = commit();

    assertThat(SourceRevision.of(checkout)).contains(commit);
  }

  @Test
  void aChangedSourceIsSaidAndAcceptedSizesAreNot() throws IOException, BuildFailure {
    String commit = commit();
    Files.writeString(checkout.resolve("images.lock.md"), "changed");
    assertThat(SourceRevision.of(checkout)).contains(commit);

    Files.writeString(checkout.resolve("Worker.java"), "changed");
    assertThat(SourceRevision.of(checkout)).contains(commit + "-dirty");
  }

  @Test
  void sourcesOutsideOfGitHaveNone() throws IOException {
    assertThat(SourceRevision.of(checkout)).isEmpty();
  }

  private String commit() throws IOException, BuildFailure {
    Files.writeString(checkout.resolve("Worker.java"), "class Worker {}");
    Files.writeString(checkout.resolve("images.lock.md"), "# Sizes");
    git("init", "--quiet");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "first");
    return git("rev-parse", "HEAD");
  }

  private String git(String... arguments) throws IOException, BuildFailure {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Program.output(checkout.toFile(), Map.of(), command);
  }
}
