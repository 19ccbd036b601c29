package io.dioptra.worker.report;

import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.config.NetworkSettings;
import io.dioptra.worker.config.S3Settings;
import io.dioptra.worker.config.Secret;
import io.dioptra.worker.config.TrackingSettings;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.JobRequest;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.tracking.MlflowTracking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Clients of a site, and jobs on it whose entrypoint greets and writes a text artifact. */
record SiteJobs(DioptraSite site, int plugin, int experiment, int entrypoint, int queue) {
  private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(20));

  private static final String PYTHON =
      """
      from dioptra import pyplugs
      from dioptra.sdk.api.artifact import ArtifactTaskInterface


      @pyplugs.register
      def greet(name):
          return f"Hello, {name}"


      class TextTask(ArtifactTaskInterface):
          @staticmethod
          def serialize(working_dir, name, contents, **kwargs):
              path = working_dir / f"{name}.txt"
              path.write_text(contents)
              return path

          @staticmethod
          def deserialize(working_dir, path, **kwargs):
              return (working_dir / path).read_text()
      """;

  static SiteJobs on(DioptraSite site) throws Exception {
    DioptraClient client = site.client();
    String unique = "r" + UUID.randomUUID().toString().replace("-", "");
    int plugin =
        client.createPlugin(
            PluginSource.of(unique, "tasks.py", PYTHON)
                .function("greet", List.of("name", "any"), List.of("greeting", "string"))
                .artifact("TextTask", List.of("contents", "string")));
    int queue = client.createQueue(unique);
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(unique, "greeting:\n  greet: $name\n")
                .parameter("name", "string", "World")
                .parameter("big", "float", "inf")
                .artifacts("out:\n  contents: $greeting.greeting\n  task:\n    name: TextTask\n")
                .plugins(plugin)
                .artifactPlugins(plugin),
            queue);
    int experiment = client.createExperiment(unique, entrypoint);
    return new SiteJobs(site, plugin, experiment, entrypoint, queue);
  }

  /** Creates an entrypoint with a text artifact as input. */
  int readingEntrypoint() throws Exception {
    return site.client()
        .createEntrypoint(
            EntrypointSource.of("reads" + entrypoint, "greeting:\n  greet: $inp.contents\n")
                .input("inp", "contents", "string")
                .plugins(plugin)
                .artifactPlugins(plugin),
            queue);
  }

  JobRequest job() {
    return site.client().job(experiment, entrypoint, queue);
  }

  DioptraApi api() {
    Map<String, String> environment = site.workerEnvironment();
    return new DioptraApi(
        new ApiSettings(
            site.api(),
            environment.getOrDefault("DIOPTRA_WORKER_USERNAME", ""),
            new Secret(environment.getOrDefault("DIOPTRA_WORKER_PASSWORD", "")),
            NetworkSettings.plain()),
        PATIENCE,
        MonotonicClock.system());
  }

  MlflowTracking tracking() {
    Map<String, String> environment = site.workerEnvironment();
    TrackingSettings plain = TrackingSettings.at(site.mlflow());
    S3Settings s3 =
        new S3Settings(
            site.s3(),
            Optional.empty(),
            Optional.of(
                new S3Settings.Keys(
                    environment.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                    new Secret(environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "")),
                    Optional.empty())),
            false,
            Map.of("StorageClass", "REDUCED_REDUNDANCY"),
            NetworkSettings.plain());
    return new MlflowTracking(
        new TrackingSettings(
            plain.server(),
            plain.account(),
            plain.experiment(),
            "dioptra",
            true,
            s3,
            plain.network()),
        PATIENCE,
        MonotonicClock.system());
  }
}
