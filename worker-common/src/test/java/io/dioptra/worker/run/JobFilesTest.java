package io.dioptra.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.api.JobRecord;
import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.workspace.Workspace;
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
        List.of(),
        List.of());
  }
}
