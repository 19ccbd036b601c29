package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of them in one program that has 256 MB, each within two seconds of processor time. */
class HostileConfigurationIT {
  @TempDir private Path folder;

  @Test
  void eachHasAnAnswerInTimeAndMemory() throws Exception {
    Path output = folder.resolve("output");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HostileConfigurations.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(program.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      program.destroyForcibly();
    }
    String said = Files.readString(output);
    System.out.println(said);
    assertThat(program.exitValue()).as(said).isZero();
    List<String[]> answers =
        said.lines().map(line -> line.split("\\|", 3)).filter(it -> it.length == 3).toList();
    assertThat(answers)
        .extracting(answer -> answer[0])
        .containsExactlyElementsOf(HostileConfigurations.ALL.keySet());
    assertThat(said)
        .containsPattern("costly pattern.*takes too long")
        .containsPattern("schema from elsewhere.*no usable")
        .containsPattern("long name of a step.*a name of 1000000 characters")
        .containsPattern("cycle.*Step cycle detected")
        .containsPattern("wide.*valid");
    assertThat(answers)
        .allSatisfy(answer -> assertThat(Long.parseLong(answer[1])).as(answer[0]).isLessThan(2000));
  }
}
