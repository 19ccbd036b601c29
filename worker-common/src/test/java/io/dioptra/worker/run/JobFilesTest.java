package io.dioptra.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.api.ArtifactPlugin;
import io.dioptra.worker.api.InputArtifact;
import io.dioptra.worker.api.JobRecord;
import io.dioptra.worker.engine.SaveResult;
import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {
  private static final JobId JOB = new JobId(67);

  @Test
  void aJobFindsItsConfigurationParametersAndArguments(@TempDir Path root) throws Exception {
    try (Workspace workspace = Workspace.open(root, "job")) {
      JobFiles.write(workspace, ticket(), material("env2.yaml"));

      Path folder = workspace.folder();
      assertThat(folder.resolve("env2.yaml.yml")).hasContent("graph: {}");
      assertThat(folder.resolve("parameters.json")).hasContent("{\n  \"x\": Infinity\n}");
      assertThat(folder.resolve(".dioptra/args.json"))
          .content()
          .contains(
              "\"job_id\": 67", "\"experiment_id\": 40", "\"entrypoint_name\": \"env2.yaml\"");
    }
  }

  @Test
  void aJobFindsWhatDioptraSaysOfItsArtifacts(@TempDir Path root) throws Exception {
    try (Workspace workspace = Workspace.open(root, "job")) {
      JobFiles.write(workspace, ticket(), material("e"));

      Path folder = workspace.folder();
      assertThat(folder.resolve("artifact_parameters.json"))
          .hasContent("{\n  \"in\": \"said of the input\"\n}");
      assertThat(folder.resolve(".dioptra/serialize/artifact_plugins.json"))
          .hasContent("[\n  \"said of the plugin\"\n]");
    }
  }

  @Test
  void theResultsNameTheArtifactsThatWereWritten(@TempDir Path root) throws Exception {
    try (Workspace workspace = Workspace.open(root, "job")) {
      Path file = workspace.folder().resolve("out.txt");
      JobFiles.writeResults(
          workspace,
          List.of(
              new SaveResult.Saved("out", "TextTask", file), new SaveResult.Stuck("bad", "why")),
          material("e"));

      assertThat(workspace.folder().resolve(".dioptra/artifacts.json"))
          .hasContent(
              """
              {
                "artifacts": [
                  {
                    "name": "out",
                    "task_plugin_snapshot_id": 12,
                    "task_id": 5,
                    "path": "%s"
                  }
                ]
              }\
              """
                  .formatted(file));
    }
  }

  /** The job's code runs as another user, whom the worker must not lend its rights. */
  @Test
  void whatIsWrittenBesideTheCodeFollowsNoLink(@TempDir Path root) throws Exception {
    try (Workspace workspace = Workspace.open(root, "job")) {
      Path victim = Files.writeString(root.resolve("victim"), "untouched");
      Path schema = workspace.folder().resolve(".dioptra/experiment_schema.json");
      Files.createSymbolicLink(schema, victim);
      JobFiles.writeSchema(workspace, "{}");
      assertThat(victim).hasContent("untouched");
      assertThat(schema).hasContent("{}").isRegularFile();

      Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
      Files.move(workspace.folder().resolve(".dioptra"), root.resolve("moved"));
      Files.createSymbolicLink(workspace.folder().resolve(".dioptra"), elsewhere);
      JobFiles.writeSchema(workspace, "{}");
      assertThat(elsewhere).isEmptyDirectory();
    }
  }

  @Test
  void aNameWithSlashesStaysInTheFolder(@TempDir Path root) throws Exception {
    try (Workspace workspace = Workspace.open(root, "job")) {
      JobFiles.write(workspace, ticket(), material("../../over/there"));

      assertThat(workspace.folder().resolve(".._.._over_there.yml")).exists();
    }
  }

  private static JobTicket ticket() {
    return new JobTicket(new QueueName("q"), JOB, new ExperimentId(40), Optional.empty());
  }

  private static Material material(String entrypoint) {
    SequencedMap<String, Value> parameters = new LinkedHashMap<>();
    parameters.put("x", new Value.Real(Double.POSITIVE_INFINITY));
    SequencedMap<String, Value> configuration = new LinkedHashMap<>();
    configuration.put("graph", Value.Members.none());
    return new Material(
        new JobRecord(JOB, 1, 19, 24, entrypoint, JobStatus.STARTED),
        new Value.Members(configuration),
        parameters,
        List.of(input()),
        List.of(plugin()));
  }

  private static InputArtifact input() {
    return new InputArtifact(
        "in",
        3,
        4,
        "mlflow-artifacts:/0/run/artifacts/in/in.txt",
        false,
        new InputArtifact.ReadingTask(11, "p", 12, "tasks.py", "TextTask", List.of("text")),
        new Value.Text("said of the input"));
  }

  private static ArtifactPlugin plugin() {
    ArtifactPlugin.ArtifactTask task = new ArtifactPlugin.ArtifactTask(5, "TextTask");
    return new ArtifactPlugin(
        "p",
        12,
        List.of(new ArtifactPlugin.PluginFile("tasks.py", List.of(task))),
        new Value.Text("said of the plugin"));
  }
}
