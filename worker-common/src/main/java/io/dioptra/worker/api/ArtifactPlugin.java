package io.dioptra.worker.api;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A plugin whose artifact tasks an entrypoint may use, and where they are.
 *
 * @param told all that Dioptra says of it
 */
public record ArtifactPlugin(String name, long snapshotId, List<PluginFile> files, Value told) {
  public ArtifactPlugin {
    files = List.copyOf(files);
  }

  /**
   * A file of the plugin.
   *
   * @param name with folders and extension
   */
  public record PluginFile(String name, List<ArtifactTask> tasks) {
    public PluginFile {
      tasks = List.copyOf(tasks);
    }

    private static PluginFile of(JsonNode json) {
      List<ArtifactTask> tasks = new ArrayList<>();
      for (JsonNode task : json.path("tasks").path("artifacts")) {
        tasks.add(
            new ArtifactTask(task.required("id").longValue(), task.required("name").stringValue()));
      }
      return new PluginFile(json.required("filename").stringValue(), tasks);
    }
  }

  /**
   * A class that writes and reads one kind of artifact.
   *
   * @param name the name of the class
   */
  public record ArtifactTask(long id, String name) {}

  static List<ArtifactPlugin> all(JsonNode json) {
    List<ArtifactPlugin> plugins = new ArrayList<>();
    for (JsonNode plugin : json) {
      List<PluginFile> files = new ArrayList<>();
      plugin.path("files").forEach(file -> files.add(PluginFile.of(file)));
      plugins.add(
          new ArtifactPlugin(
              plugin.required("name").stringValue(),
              plugin.required("snapshotId").longValue(),
              files,
              JsonValues.value(plugin)));
    }
    return plugins;
  }
}
