package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SharedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a worker learns from one job helps the next, and the job's log says what it waited for. */
@ExtendWith(SharedSite.class)
class PreloadIT {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final String TASK =
      """
      import weighty
      from dioptra import pyplugs

      @pyplugs.register
      def weigh():
          return weighty.PID
      """;

  @TempDir private Path folder;

  @Test
  void aSlowImportIsLearnedAndALaterJobMayWaitForIt(DioptraSite site) throws Exception {
    Files.writeString(
        folder.resolve("weighty.py"),
        "import os, time\ntime.sleep(0.5)\nimport difflib\nPID = os.getpid()\n");
    Map<String, String> variables = new LinkedHashMap<>(site.workerEnvironment());
    variables.put("PYTHONPATH", folder.toString());
    try (Workshop shop = Workshop.open(site, variables, "--template-idle", "1")) {
      int plugin =
          site.client()
              .createPlugin(
                  PluginSource.of(Python.unique(), "tasks.py", TASK)
                      .function("weigh", List.of(), List.of("pid", "integer")));
      JobKind kind =
          shop.kind(EntrypointSource.of(Python.unique(), "weigh:\n  weigh: []\n").plugins(plugin));
      EndedJob first = shop.ended(kind.job().submit());
      assertThat(first.status()).as(first.log()).isEqualTo("finished");
      // The next template has it, is not needed by anybody, and is let go.
      shop.worker().awaitLine("weighty 0.", BOUND);
      long end = System.nanoTime() + BOUND.toNanos();
      while (!logFrom(shop, "weighty 0.").contains("is let go: no job needed it for long")) {
        assertThat(System.nanoTime()).as(shop.worker().log()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(50);
      }

      EndedJob second = shop.ended(kind.job().submit());
      assertThat(second.status()).as(second.log()).isEqualTo("finished");
      assertThat(second.log())
          .containsPattern("Waited \\d+\\.\\d s for Python's imports, which had begun before");
    }
  }

  private static String logFrom(Workshop shop, String text) throws IOException {
    String log = shop.worker().log();
    return log.substring(log.indexOf(text));
  }
}
