package io.dioptra.worker.run;

import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.InputArtifact;
import io.dioptra.worker.run.Crew.Errand;
import io.dioptra.worker.workspace.Archive;
import io.dioptra.worker.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings input artifacts, and the plugin snapshots that wrote them and read them again. */
final class InputFiles {
  /** An artifact may be a data set; the disk is the real limit. */
  private static final Archive ARTIFACTS = new Archive(1L << 40, 10_000_000);

  private final DioptraApi api;
  private final Workspace workspace;
  private final Crew crew;

  InputFiles(DioptraApi api, Workspace workspace, Crew crew) {
    this.api = api;
    this.workspace = workspace;
    this.crew = crew;
  }

  void bring(List<InputArtifact> inputs) throws Exception {
    List<Errand<Path>> errands = new ArrayList<>();
    Map<String, InputArtifact.ReadingTask> readers = new LinkedHashMap<>();
    for (InputArtifact input : inputs) {
      errands.add(crew.send(() -> contents(input)));
      readers.put(packageName(input.task()), input.task());
    }
    for (InputArtifact.ReadingTask reader : readers.values()) {
      errands.add(crew.send(() -> code(reader)));
    }
    for (Errand<Path> errand : errands) {
      var _ = errand.result();
    }
  }

  /** The name under which the snapshot of a plugin is imported. */
  static String packageName(InputArtifact.ReadingTask task) {
    return task.pluginId() + "_" + task.pluginSnapshotId();
  }

  private Path contents(InputArtifact input) throws Exception {
    Path folder = workspace.artifact(input.id(), input.snapshotId());
    if (!input.folder()) {
      return api.artifactContents(input, folder.resolve(input.baseName()));
    }
    String name = input.id() + "_" + input.snapshotId() + ".tar.gz";
    ARTIFACTS.unpack(api.artifactContents(input, workspace.download(name)), folder);
    return folder;
  }

  /** The bundle holds a folder with the plugin's name, which gets the package's name. */
  private Path code(InputArtifact.ReadingTask reader) throws Exception {
    String name = packageName(reader);
    Path bundle =
        api.pluginBundle(
            reader.pluginId(), reader.pluginSnapshotId(), workspace.download(name + ".tar.gz"));
    Path unpacked = Files.createDirectories(workspace.download(name + ".unpacked"));
    Gathering.PLUGINS.unpack(bundle, unpacked);
    Path plugin = unpacked.resolve(reader.pluginName());
    if (!Files.isDirectory(plugin)) {
      throw new IOException(
          "the bundle of plugin snapshot " + name + " has no folder " + reader.pluginName());
    }
    return Files.move(plugin, workspace.deserialize().resolve(name));
  }
}
