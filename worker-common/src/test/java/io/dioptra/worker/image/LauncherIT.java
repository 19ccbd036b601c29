package io.dioptra.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the image, with this test's own Java and class path laid out as an image's. */
class LauncherIT {
  private static final String LAUNCHER = "opt/venv/bin/dioptra-worker-v1";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void layOut() throws Exception {
    String java = System.getProperty("java.home") + "/bin/java";
    Script.program(home.resolve("java/bin/java"), "exec " + java + " \"$@\"");
    write("lib/classpath", jar -> !jar.contains("worker-common-"));
    write("app/classpath", jar -> jar.contains("worker-common-"));
    Files.writeString(home.resolve("app/main"), "io.dioptra.worker.app.Main\n");
    environment.put("DIOPTRA_WORKER_HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
  }

  private void write(String file, Predicate<String> which) throws IOException {
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(which)
            .toList();
    assertThat(jars).as("jars for " + file).isNotEmpty();
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), String.join(File.pathSeparator, jars) + "\n");
  }

  @Test
  void theWorkerHelpsWithoutAnyEnvironment() throws Exception {
    for (String word : new String[] {"-h", "--help"}) {
      Script run = Script.run(LAUNCHER, environment, word);
      assertThat(run.status()).isEqualTo(0);
      assertThat(run.output()).startsWith("Usage: dioptra-worker-v1 ").contains("--wait-for");
    }
  }

  @Test
  void anArchiveThatDoesNotFitIsNoWordWorth() throws Exception {
    Files.writeString(home.resolve("lib/worker.jsa"), "not an archive");
    Script run = Script.run(LAUNCHER, environment, "--version");
    assertThat(run.output()).isEqualTo("dioptra-worker-v1 development");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void optionsOfTheOperatorReachTheJvm() throws Exception {
    environment.put("JAVA_OPTS", "-Xmx64m -XX:+NoSuchOption");
    Script run = Script.run(LAUNCHER, environment, "--version");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("NoSuchOption");
  }

  @Test
  void anOptionThatIsWrongIsToldWithTheUsage() throws Exception {
    Script run = Script.run(LAUNCHER, environment, "--wait-for", "redis", "q");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output())
        .contains("Invalid value for option '--wait-for' (HOST:PORT): \"redis\" is not HOST:PORT")
        .contains("Usage: dioptra-worker-v1 ");
  }
}
