package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands for people who write entrypoints, as these start them. There is no server. */
class LocalCommandsIT {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final Path EXAMPLES = Checkout.find().resolve("examples");
  private static final String TOML =
      """
      [[plugins]]
      path = "plugins/trial"
        [[plugins.tasks.functions]]
        filename = "tasks.py"
        name = "act"
        input_params = [{ name = "how", type = "string", required = true }]
        output_params = [{ name = "done", type = "string" }]
        [[plugins.tasks.artifacts]]
        filename = "tasks.py"
        name = "TrialArtifactTask"
        output_params = [{ name = "text", type = "string" }]
      [[entrypoints]]
      path = "trial.yaml"
      name = "trial"
      params = [{ name = "how", type = "string", default_value = "well" }]
      plugins = ["trial"]
      artifact_plugins = ["trial"]
      """;
  private static final String ENTRYPOINT =
      """
      graph:
        first: {act: [well]}
        second: {act: [$how], dependencies: first}
      artifacts:
        result:
          contents: $second
          task: {name: TrialArtifactTask, args: {upper: true}}
      """;
  private static final String PYTHON =
      """
      import os, pathlib, subprocess, sys, time
      from dioptra import pyplugs
      from dioptra.sdk.api.artifact import ArtifactTaskInterface

      @pyplugs.register
      def act(how):
          if how == "fail":
              raise ValueError("that went wrong")
          if how == "exit":
              sys.exit(3)
          if how == "track":
              import mlflow
              mlflow.log_metric("quality", 0.5)
          if how == "wait":
              child = subprocess.Popen(["sleep", "1000"])
              print("pids", os.getpid(), child.pid, flush=True)
              time.sleep(1000)
          print("acted", how, flush=True)
          return how

      class TrialArtifactTask(ArtifactTaskInterface):
          @staticmethod
          def serialize(working_dir, name, contents, upper=False, **kwargs):
              folder = pathlib.Path(working_dir) / name
              folder.mkdir()
              (folder / "a.txt").write_text(contents.upper() if upper else contents)
              return folder

          @staticmethod
          def deserialize(working_dir, path, **kwargs):
              return (pathlib.Path(working_dir) / path).read_text()

          @staticmethod
          def validation():
              return {"upper": {"type": "boolean"}}
      """;

  @TempDir private Path folder;

  @Test
  void aRunShowsItsStepsItsLogAndItsArtifacts() throws Exception {
    Path kept = folder.resolve("kept");
    String log =
        said(
            0,
            "run-local",
            EXAMPLES.resolve("entrypoints/greeting.yaml").toString(),
            "-P",
            "name=Ada",
            "--artifacts-to",
            kept.toString());
    assertThat(log)
        .contains("step 1/3: composed", "step 2/3: emphasized", "step 3/3: announced")
        .contains("[info] Hello, Ada!!!  [greeting.tasks]")
        .endsWith("The run has finished.");
    Path message = kept.resolve("message/message.txt");
    assertThat(log).contains("artifact \"message\" by TextArtifactTask: " + message);
    assertThat(message).content().startsWith("Hello, Ada!!!");

    assertThat(
            said(
                0,
                "run-local",
                EXAMPLES.resolve("entrypoints/greeting_from_artifact.yaml").toString(),
                "--artifact",
                "greeting=" + message))
        .contains("Hello, Ada!!!");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aTaskThatFailsIsShownWithTheFileThatItsAuthorKnows() throws Exception {
    writeTrial();
    String log = said(1, "run-local", trial(), "-P", "how=fail");
    assertThat(log)
        .contains("step 2/2: second", "In step \"second\": ValueError: that went wrong")
        .contains("File \"" + folder.resolve("plugins/trial/tasks.py") + "\", line 8, in act")
        .endsWith("The run has failed.");
    assertThat(said(1, "run-local", trial(), "-P", "how=exit"))
        .contains("In step \"second\": the plugin called sys.exit(3)");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aFolderIsKeptAsAFolderAndMlflowWritesBesideIt() throws Exception {
    writeTrial();
    Path kept = folder.resolve("kept");
    assertThat(said(0, "run-local", trial(), "-P", "how=track", "--artifacts-to", kept.toString()))
        .contains("acted track");
    assertThat(kept.resolve("result/result/a.txt")).hasContent("TRACK");
    try (Stream<Path> files = Files.walk(kept.resolve("mlruns"))) {
      assertThat(files.filter(it -> it.endsWith("metrics/quality"))).hasSize(1);
    }
  }

  /** What only the plugins' own code knows is checked before the first step. */
  @Test
  void argumentsOfArtifactTasksAreCheckedBeforeTheRun() throws Exception {
    writeTrial();
    Files.writeString(folder.resolve("trial.yaml"), ENTRYPOINT.replace("upper: true", "upper: 3"));
    assertThat(said(1, "run-local", trial()))
        .contains("trial.yaml:7:51: schema.error: ")
        .doesNotContain("step 1/2");
  }

  @Test
  void ctrlCEndsTheRunAndAllItsProcesses() throws Exception {
    writeTrial();
    try (WorkerProcess run = start("run-local", trial(), "-P", "how=wait")) {
      run.awaitLine("pids ", BOUND);
      List<ProcessHandle> processes = new ArrayList<>();
      String pids =
          run.log().lines().filter(it -> it.startsWith("pids ")).findFirst().orElseThrow();
      for (String pid : pids.substring(5).split(" ")) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(processes::add);
      }
      assertThat(processes).hasSize(2);
      new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();
      assertThat(run.process().onExit()).succeedsWithin(BOUND);
      assertThat(run.process().onExit().get()).isEqualTo(130);
      assertThat(run.log().strip()).endsWith("The run was stopped.");
      for (ProcessHandle each : processes) {
        assertThat(each.onExit()).succeedsWithin(Duration.ofSeconds(10));
      }
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void validateTellsEachIssueWithItsPlaceAndOrderTheSteps() throws Exception {
    writeTrial();
    assertThat(said(0, "validate", trial())).isEmpty();
    assertThat(said(0, "order", trial())).isEqualTo("first\nsecond");
    assertThat(said(0, "order", "--dot", trial())).contains("\"first\" -> \"second\";");

    Files.writeString(folder.resolve("trial.yaml"), ENTRYPOINT.replace("[$how]", "[$who]"));
    assertThat(said(1, "validate", trial()))
        .isEqualTo(
            trial() + ":3:18: semantic.error: In step \"second\": unresolvable reference: who");
    JsonNode issues = JsonMapper.shared().readTree(said(1, "validate", "--json", trial()));
    assertThat(issues).hasSize(1);
    assertThat(issues.get(0).get("type").asString()).isEqualTo("semantic");
    assertThat(issues.get(0).get("severity").asString()).isEqualTo("error");
    assertThat(issues.get(0).get("line").asInt()).isEqualTo(3);
    assertThat(issues.get(0).get("column").asInt()).isEqualTo(18);
    assertThat(said(1, "order", trial())).contains("unresolvable reference: who");

    assertThat(said(2, "validate", trial() + ".nowhere")).endsWith("there is no such file");
    assertThat(said(2, "validate")).startsWith("validate takes one file.");
    assertThat(said(2, "run-local", "--nonsense")).isEqualTo("Unknown option: '--nonsense'");
  }

  @Test
  void aConfigurationRunsWithItsPluginsFolder() throws Exception {
    writeTrial();
    Path configuration = folder.resolve("configuration.json");
    Files.writeString(
        configuration,
        """
        {"parameters": {"how": {"type": "string"}, "list": {"default": [1]}},
         "tasks": {"act": {"plugin": "trial.tasks.act", "inputs": [{"how": "string"}],
                           "outputs": {"done": "string"}}},
         "graph": {"only": {"act": ["$how"]}},
         "artifact_outputs": {"o": {"contents": "$only", "task": {"name": "TrialArtifactTask"}}}}
        """);
    assertThat(said(0, "validate", configuration.toString())).isEmpty();
    assertThat(said(1, "validate", "--artifacts", "Other", configuration.toString()))
        .contains("configuration.json:5:", "there is no artifact task \"TrialArtifactTask\"");
    Path plugins = folder.resolve("plugins");
    assertThat(
            said(
                0,
                "run-local",
                configuration.toString(),
                "--plugins",
                plugins.toString(),
                "-P",
                "how=so",
                "-P",
                "list=[2]"))
        .contains("acted so", "artifact \"o\" by TrialArtifactTask: o, not kept");
    assertThat(said(2, "run-local", configuration.toString())).contains("--plugins names");
  }

  private void writeTrial() throws Exception {
    Files.writeString(folder.resolve("dioptra.toml"), TOML);
    Files.writeString(folder.resolve("trial.yaml"), ENTRYPOINT);
    Path plugin = Files.createDirectories(folder.resolve("plugins/trial"));
    Files.writeString(plugin.resolve("tasks.py"), PYTHON);
  }

  private String trial() {
    return folder.resolve("trial.yaml").toString();
  }

  private WorkerProcess start(String... arguments) throws Exception {
    String python = PythonEnvironment.named("worker-common").interpreter().toString();
    Path work = Files.createDirectories(folder.resolve("work"));
    return WorkerProcess.start(
        "worker-common",
        Map.of("DIOPTRA_WORKER_PYTHON", python, "DIOPTRA_WORKDIR", work.toString()),
        folder,
        arguments);
  }

  private String said(int status, String... arguments) throws Exception {
    try (WorkerProcess command = start(arguments)) {
      assertThat(command.process().onExit()).succeedsWithin(BOUND);
      String log = command.log().strip();
      assertThat(command.process().onExit().get()).as(log).isEqualTo(status);
      return log;
    }
  }

  private List<Path> leftovers() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("work"))) {
      return files.toList();
    }
  }
}
