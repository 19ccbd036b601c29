package io.dioptra.worker.run;

import io.dioptra.worker.api.ArtifactPlugin;
import io.dioptra.worker.api.InputArtifact;
import io.dioptra.worker.api.JobRecord;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What Dioptra says of one job; the code and the input artifacts lie in the workspace. */
record Material(
    JobRecord job,
    Value.Members configuration,
    SequencedMap<String, Value> parameters,
    List<InputArtifact> inputs,
    List<ArtifactPlugin> artifactPlugins) {
  Material {
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    inputs = List.copyOf(inputs);
    artifactPlugins = List.copyOf(artifactPlugins);
  }

  /** An artifact task and the snapshot of the plugin that holds it, as Dioptra wants them named. */
  record Writer(long pluginSnapshotId, long taskId) {}

  /** The artifact tasks by class name; of two with one name the last counts, as in Dioptra. */
  SequencedMap<String, Writer> writers() {
    SequencedMap<String, Writer> writers = new LinkedHashMap<>();
    for (ArtifactPlugin plugin : artifactPlugins) {
      for (ArtifactPlugin.PluginFile file : plugin.files()) {
        for (ArtifactPlugin.ArtifactTask task : file.tasks()) {
          writers.put(task.name(), new Writer(plugin.snapshotId(), task.id()));
        }
      }
    }
    return writers;
  }

  /**
   * The name of the configuration among the run's artifacts: the entrypoint's, as Dioptra does it.
   * Where an output artifact has that name too, MLflow would need a file and a folder of one name.
   */
  String configurationName() {
    String name = job.entrypointName();
    boolean taken =
        configuration.values().get("artifact_outputs") instanceof Value.Members outputs
            && outputs.values().containsKey(name);
    return taken ? name + ".yml" : name;
  }

  /** Every file of the artifact plugins: all of them are imported, with tasks or without. */
  List<ArtifactModule> artifactModules() {
    List<ArtifactModule> modules = new ArrayList<>();
    for (ArtifactPlugin plugin : artifactPlugins) {
      for (ArtifactPlugin.PluginFile file : plugin.files()) {
        List<String> classes =
            file.tasks().stream().map(ArtifactPlugin.ArtifactTask::name).toList();
        modules.add(new ArtifactModule(plugin.name(), file.name(), classes));
      }
    }
    return modules;
  }
}
