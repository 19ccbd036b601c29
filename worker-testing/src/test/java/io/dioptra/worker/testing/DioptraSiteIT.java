package io.dioptra.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSite.class)
class DioptraSiteIT {
  private static final String GREET =
      """
      from dioptra import pyplugs


      @pyplugs.register
      def greet(name: str) -> str:
          return f"Hello, {name}"
      """;

  @Test
  void theApiOfThisReleaseAnswersAndKnowsTheAccount(DioptraSite site) throws Exception {
    String user = site.client().get("/users/current").get("username").asString();

    assertThat(site.workerEnvironment()).containsEntry("DIOPTRA_WORKER_USERNAME", user);
    assertThat(version(site)).isEqualTo("1.2.2");
  }

  @Test
  void aSubmittedJobIsQueuedInRedis(DioptraSite site) throws Exception {
    Work work = greeting(site);

    SubmittedJob job =
        site.client()
            .job(work.experiment(), work.entrypoint(), work.queue())
            .value("name", "Bob")
            .submit();

    assertThat(job.status()).isEqualTo("queued");
    assertThat(job.resource().get("values").get("name").asString()).isEqualTo("Bob");
  }

  @Test
  void manyRequestsAtOnceDoNotFindTheDatabaseLocked(DioptraSite site) throws Exception {
    Work work = greeting(site);

    List<Integer> jobs =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> submitUnchecked(site, work, "user " + i))
            .toList();

    assertThat(jobs).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void theOlderApiWithS3TakesTheSameWork(
      @SiteOf(api = DioptraApiVersion.V1_1, artifacts = ArtifactStore.S3, apiThreads = 4)
          DioptraSite site)
      throws Exception {
    Work work = greeting(site);

    SubmittedJob job =
        site.client().job(work.experiment(), work.entrypoint(), work.queue()).submit();
    job.setStatus("started");
    job.setStatus("failed");

    assertThat(job.awaitEnd(Duration.ofSeconds(5))).isEqualTo("failed");
    assertThat(version(site)).isEqualTo("1.1.0");
    assertThat(site.s3()).isPresent();
  }

  private static Integer submitUnchecked(DioptraSite site, Work work, String name) {
    try {
      return site.client()
          .job(work.experiment(), work.entrypoint(), work.queue())
          .value("name", name)
          .submit()
          .id();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Work greeting(DioptraSite site) throws Exception {
    DioptraClient client = site.client();
    String unique = "g" + UUID.randomUUID().toString().replace("-", "");
    int plugin =
        client.createPlugin(
            PluginSource.of(unique, "tasks.py", GREET)
                .function("greet", List.of("name", "string"), List.of("greeting", "string")));
    int queue = client.createQueue(unique);
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(unique, "greeting:\n  greet: $name\n")
                .parameter("name", "string", "World")
                .plugins(plugin),
            queue);
    return new Work(client.createExperiment(unique, entrypoint), entrypoint, queue);
  }

  private static String version(DioptraSite site) throws Exception {
    try (java.io.InputStream page = site.api().resolve("/health").toURL().openStream()) {
      String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("(?s).*\"version\": *\"([^\"]+)\".*", "$1");
    }
  }

  private record Work(int experiment, int entrypoint, int queue) {}
}
