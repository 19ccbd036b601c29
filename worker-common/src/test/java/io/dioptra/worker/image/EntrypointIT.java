package io.dioptra.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the entrypoint hands to the init; that one is a program of this test, which tells it. */
class EntrypointIT {
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void prepare() throws Exception {
    Path bin = folder.resolve("bin");
    Script.program(
        bin.resolve("dumb-init"),
        "own=$(env | cut -d= -f1 | grep -vxE 'PWD|SHLVL|_' | sort | tr '\\n' ' ')",
        "while IFS= read -r -d '' variable; do export \"$variable\"; done"
            + " <&\"$DIOPTRA_WORKER_VARIABLES\"",
        "printf '%s|' \"$@\"",
        "echo \"in=$PWD home=$HOME user=${USER:-} logname=${LOGNAME:-}"
            + " secret=${SECRET:-} own=$own tmp=${TMPDIR:-}\"");
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("DIOPTRA_WORKDIR", Files.createDirectory(folder.resolve("work")).toString());
    environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
  }

  @Test
  void theWorkerGetsTheArgumentsAsTheyAre() throws Exception {
    Script run = run("--wait-for", "redis:6379", "a queue", "*");
    assertThat(run.output())
        .startsWith(
            "--single-child|--|dioptra-worker-v1|--wait-for|redis:6379|a queue|*|in="
                + folder.resolve("work"))
        .contains(" home=" + folder.resolve("home"));
    assertThat(run.status()).isEqualTo(0);
  }

  /** What lives as long as the worker, as the same user as job code, must know nothing. */
  @Test
  void theInitHasNoneOfTheVariablesAndTheWorkerHasThem() throws Exception {
    environment.put("SECRET", "a b\nc");
    assertThat(run().output()).contains(" secret=a b\nc own=DIOPTRA_WORKER_VARIABLES PATH  tmp=");
  }

  @Test
  void manyVariablesArriveToo() throws Exception {
    for (int i = 0; i < 100; i++) {
      environment.put("MANY_" + i, "x".repeat(1000));
    }
    environment.put("SECRET", "the end");
    assertThat(run().output()).contains(" secret=the end ");
  }

  @Test
  void nothingIsLeftForTheInitToReap() throws Exception {
    Script.program(
        folder.resolve("bin/dumb-init"), "echo \"children=$(cat /proc/$$/task/$$/children)\"");
    assertThat(run().output()).matches("children=\\d+ ?");
  }

  @Test
  void aHomeThatIsNotThereIsTheWorkFolder() throws Exception {
    environment.put("HOME", folder.resolve("missing").toString());
    assertThat(run().output()).contains(" home=" + folder.resolve("work") + " ");
    environment.remove("HOME");
    assertThat(run().output()).contains(" home=" + folder.resolve("work") + " ");
  }

  @Test
  void aTemporaryFolderThatIsNotThereIsTheWorkFolder() throws Exception {
    assertThat(run().output()).endsWith("tmp=");
    environment.put("TMPDIR", folder.resolve("missing").toString());
    assertThat(run().output()).endsWith("tmp=" + folder.resolve("work"));
  }

  @Test
  void aUserWithAnEntryKeepsItsName() throws Exception {
    environment.put("DIOPTRA_USER", "dioptra");
    assertThat(run().output()).contains(" user= logname= ");
  }

  @Test
  void aWorkFolderThatIsNotNamedOrNotThereIsToldWithWhoCanHelp() throws Exception {
    environment.put("DIOPTRA_WORKDIR", folder.resolve("missing").toString());
    Script missing = run();
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.output())
        .startsWith("entrypoint.sh: the work folder DIOPTRA_WORKDIR=" + folder.resolve("missing"))
        .contains("The operator should mount a folder there");
    environment.remove("DIOPTRA_WORKDIR");
    Script unset = run();
    assertThat(unset.status()).isEqualTo(1);
    assertThat(unset.output()).startsWith("entrypoint.sh: DIOPTRA_WORKDIR is not set.");
  }

  private Script run(String... arguments) throws Exception {
    return Script.run("usr/local/bin/entrypoint.sh", environment, arguments);
  }
}
