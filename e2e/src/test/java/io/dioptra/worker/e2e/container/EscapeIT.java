package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Job code does not find what the worker keeps to itself; {@code escape.py} knows where it looks.
 */
@ExtendWith(SharedSite.class)
class EscapeIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern ATTEMPT = Pattern.compile("attempt (\\w+): (\\w+)");
  private static final Pattern REQUEST = Pattern.compile("request ([\\w ]+): (\\d+)");

  private final DioptraSite site;

  EscapeIT(DioptraSite site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"39000:100", "0:0"})
  void noSecretIsFound(String user) throws Exception {
    Probe probe = Probe.at(site.client());
    SubmittedJob victim =
        Probe.at(site.client()).submit("nothing", "is never run: its queue has no worker");
    // Unlike the password, nobody else on this machine knows it.
    String canary = "canary-" + UUID.randomUUID();
    String password =
        Objects.requireNonNull(site.workerEnvironment().get("DIOPTRA_WORKER_PASSWORD"));
    try (WorkerContainer worker =
        WorkerContainer.of(TestedImage.smallest(), site, probe.queueName())
            .asUser(user)
            .withEnv("DIOPTRA_RESTAPI_DATABASE_URI", "postgresql://dioptra:" + canary + "@db")) {
      worker.start();

      SubmittedJob job = escape(probe, List.of(password, canary), victim);
      String status = job.awaitEnd(LIMIT);
      String log = job.logText();

      assertThat(status).as(log).isEqualTo("finished");
      List<MatchResult> attempts = ATTEMPT.matcher(log).results().toList();
      assertThat(attempts).hasSizeGreaterThanOrEqualTo(20);
      assertThat(attempts).as(log).allSatisfy(it -> assertThat(it.group(2)).isEqualTo("kept"));
      assertThat(log).doesNotContain("AssertionError");
      assertThat(REQUEST.matcher(log).results())
          .extracting(it -> it.group(1) + " " + it.group(2))
          .containsExactly(
              "fail another job 403",
              "finish itself 403",
              "delete another job 403",
              "make a user 403",
              "make a queue 403",
              "measure for another job 403",
              "measure 200",
              "read 200");
      assertThat(victim.status()).isEqualTo("queued");
      assertThat(worker.isRunning()).isTrue();
      assertThat(probe.finished("import", "numpy")).contains("numpy ");
    }
  }

  private SubmittedJob escape(Probe probe, List<String> secrets, SubmittedJob victim)
      throws Exception {
    String python;
    try (InputStream file = Probe.class.getResourceAsStream("escape.py")) {
      python = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
    String backwards =
        secrets.stream()
            .map(secret -> "\"" + new StringBuilder(secret).reverse() + "\"")
            .toList()
            .toString();
    int plugin =
        site.client()
            .createPlugin(
                PluginSource.of(Probe.unique(), "escape.py", python)
                    .function(
                        "escape",
                        List.of("secrets", "string", "job", "string"),
                        List.of("result", "string")));
    int entrypoint =
        site.client()
            .createEntrypoint(
                EntrypointSource.of(Probe.unique(), "escape:\n  escape: [$secrets, $job]\n")
                    .parameter("secrets", "string", "")
                    .parameter("job", "string", "")
                    .plugins(plugin),
                probe.queue());
    int experiment = site.client().createExperiment(Probe.unique(), entrypoint);
    return site.client()
        .job(experiment, entrypoint, probe.queue())
        .value("secrets", backwards)
        .value("job", victim.id())
        .submit();
  }
}
