package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.Program.Ended;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no server, in a container with the files mounted. */
class LocalIT {
  private final Path examples = Checkout.find().resolve("examples");

  @Test
  void theExamplesAreValid() throws Exception {
    Ended ended = ran(examples, "validate", "/w/dioptra.toml");
    assertThat(ended.status()).as(ended.output()).isZero();
  }

  @Test
  void aMistakeIsShownWhereItIs(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("broken.yaml");
    Files.writeString(file, "tasks: {t: {plugin: a.b}}\ngraph:\n  one:\n    tt: [1]\n");
    Ended ended = ran(folder, "validate", "/w/broken.yaml");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output())
        .isEqualTo(
            "/w/broken.yaml:4:5: semantic.error: In step \"one\": unrecognized task plugin: tt\n");
  }

  @Test
  void anEntrypointRunsAndLeavesItsArtifacts(@TempDir Path folder) throws Exception {
    Ended copied = Program.of("cp", "-r", examples + "/.", folder.toString()).run();
    assertThat(copied.status()).as(copied.output()).isZero();
    Ended ended =
        ran(
            folder,
            "run-local",
            "/w/entrypoints/greeting.yaml",
            "-P",
            "name=Ada",
            "--artifacts-to",
            "/w/out");
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("step 3/3");
    try (var files = Files.walk(folder.resolve("out"))) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertThat(written).hasSize(1).allSatisfy(it -> assertThat(it).content().contains("Ada"));
    }
  }

  /** As root, because what the container writes has to be deletable by this test's user. */
  private static Ended ran(Path folder, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("docker", "run", "--rm", "--user=0:0", "--volume=" + folder + ":/w"));
    command.add(TestedImage.smallest().reference());
    command.addAll(List.of(arguments));
    return Program.of(command.toArray(String[]::new)).run();
  }
}
