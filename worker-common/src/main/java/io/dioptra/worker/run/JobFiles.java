package io.dioptra.worker.run;

import io.dioptra.worker.api.ArtifactPlugin;
import io.dioptra.worker.engine.SaveResult;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.workspace.Workspace;
import io.dioptra.worker.workspace.YamlText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files about itself that a job finds in its folder, where Dioptra's own worker puts them. */
final class JobFiles {
  private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);

  private JobFiles() {}

  /** Writes what is known before any code of the job runs. */
  static void write(Workspace workspace, JobTicket ticket, Material material) throws IOException {
    String name = material.job().entrypointName();
    // Dioptra 1.1 allows a slash in a name; here it must not make a folder.
    workspace.write(name.replace('/', '_') + ".yml", YamlText.of(material.configuration()));
    workspace.write("parameters.json", JsonText.of(new Value.Members(material.parameters())));
    SequencedMap<String, Value> inputs = new LinkedHashMap<>();
    material.inputs().forEach(input -> inputs.put(input.name(), input.told()));
    workspace.write("artifact_parameters.json", JsonText.of(new Value.Members(inputs)));
    List<Value> plugins = material.artifactPlugins().stream().map(ArtifactPlugin::told).toList();
    workspace.write(
        ".dioptra/serialize/artifact_plugins.json", JsonText.of(new Value.Items(plugins)));
    SequencedMap<String, Value> arguments = new LinkedHashMap<>();
    arguments.put("job_id", Value.Int.of(ticket.job().value()));
    arguments.put("experiment_id", Value.Int.of(ticket.experiment().value()));
    arguments.put("entrypoint_name", new Value.Text(name));
    workspace.write(".dioptra/args.json", JsonText.of(new Value.Members(arguments)));
  }

  /** Writes the schema that the configuration is checked against. */
  static void writeSchema(Workspace workspace, String schema) {
    writeBesideCode(workspace, "experiment_schema.json", schema);
  }

  /** Writes what became of the output artifacts: those that are there as files. */
  static void writeResults(Workspace workspace, List<SaveResult> results, Material material) {
    SequencedMap<String, Material.Writer> writers = material.writers();
    List<Value> saved = new ArrayList<>();
    for (SaveResult result : results) {
      if (result instanceof SaveResult.Saved(String name, String task, Path path)) {
        Material.Writer writer = writers.get(task);
        if (writer != null) {
          saved.add(entry(name, writer, path));
        }
      }
    }
    SequencedMap<String, Value> all = new LinkedHashMap<>();
    all.put("artifacts", new Value.Items(saved));
    writeBesideCode(workspace, "artifacts.json", JsonText.of(new Value.Members(all)));
  }

  private static Value entry(String name, Material.Writer writer, Path path) {
    SequencedMap<String, Value> entry = new LinkedHashMap<>();
    entry.put("name", new Value.Text(name));
    entry.put("task_plugin_snapshot_id", Value.Int.of(writer.pluginSnapshotId()));
    entry.put("task_id", Value.Int.of(writer.taskId()));
    entry.put("path", new Value.Text(path.toString()));
    return new Value.Members(entry);
  }

  /** Nothing depends on these files: what the job did to their folder is no reason to fail it. */
  private static void writeBesideCode(Workspace workspace, String name, String text) {
    try {
      workspace.writeBesideCode(name, text);
    } catch (IOException e) {
      LOG.warn("{} could not be written into {}: {}", name, workspace.folder(), e.toString());
    }
  }
}
