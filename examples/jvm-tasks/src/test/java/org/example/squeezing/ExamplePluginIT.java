package org.example.squeezing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplePluginIT {
  /** After a change: {@code bin/dioptra-worker-v1 tasks --plugin} with the new jar. */
  @Test
  void thePluginOfTheExamplesIsWhatTheWorkerWrites(@TempDir Path folder) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.dioptra.worker.jvm.plugin.Main",
                "plugin=" + folder,
                "squeezing")
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(program.waitFor()).isZero();

    Path examples = Path.of(System.getProperty("dioptra.checkout"), "examples");
    Path module = Path.of("plugins", "squeezing", "tasks.py");
    assertThat(folder.resolve(module)).hasSameTextualContentAs(examples.resolve(module));
    String toml = Files.readString(folder.resolve("dioptra.toml"));
    String tasks = toml.substring(toml.indexOf("  [[plugins.tasks.functions]]"));
    assertThat(Files.readString(examples.resolve("dioptra.toml"))).contains(tasks);
  }
}
