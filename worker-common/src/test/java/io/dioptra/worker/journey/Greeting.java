package io.dioptra.worker.journey;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** A small entrypoint on a queue of its own: one step, one text artifact. */
record Greeting(DioptraClient client, int experiment, int entrypoint, int queue, String queueName) {
  private static final String TASKS =
      """
      import structlog
      from dioptra import pyplugs

      LOGGER = structlog.get_logger()


      @pyplugs.register
      def greet(name: str) -> str:
          LOGGER.info("greeting", name=name)
          return f"Hello, {name}"
      """;

  private static final String ARTIFACTS =
      """
      from pathlib import Path

      from dioptra.sdk.api.artifact import ArtifactTaskInterface


      class TextArtifact(ArtifactTaskInterface):
          @staticmethod
          def serialize(working_dir: Path, name: str, contents: str, **kwargs) -> Path:
              path = working_dir / f"{name}.txt"
              path.write_text(contents)
              return path

          @staticmethod
          def deserialize(working_dir: Path, path: str, **kwargs) -> str:
              return (working_dir / path).read_text()

          @staticmethod
          def validation():
              return None
      """;

  static Greeting on(DioptraSite site) throws IOException, InterruptedException {
    DioptraClient client = site.client();
    String unique = "g" + UUID.randomUUID().toString().replace("-", "");
    int plugin =
        client.createPlugin(
            PluginSource.of(unique, "tasks.py", TASKS)
                .function("greet", List.of("name", "string"), List.of("greeting", "string")));
    int artifacts =
        client.createPlugin(
            PluginSource.of(unique + "_artifacts", "text.py", ARTIFACTS)
                .artifact("TextArtifact", List.of("text", "string")));
    int queue = client.createQueue(unique);
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(unique, "greeting:\n  greet: $name\n")
                .parameter("name", "string", "World")
                .artifacts("letter:\n  contents: $greeting\n  task:\n    name: TextArtifact\n")
                .plugins(plugin)
                .artifactPlugins(artifacts),
            queue);
    return new Greeting(
        client, client.createExperiment(unique, entrypoint), entrypoint, queue, unique);
  }

  SubmittedJob submit(String name) throws IOException, InterruptedException {
    return client.job(experiment, entrypoint, queue).value("name", name).submit();
  }
}
