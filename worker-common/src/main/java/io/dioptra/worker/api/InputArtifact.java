package io.dioptra.worker.api;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An artifact that a job reads.
 *
 * @param name the name under which steps refer to it
 * @param uri where it is stored; its last part is its base name
 * @param folder whether it is a folder; its contents come as a {@code tar.gz} then
 * @param task what reads it
 * @param told all that Dioptra says of it
 */
public record InputArtifact(
    String name,
    long id,
    long snapshotId,
    String uri,
    boolean folder,
    ReadingTask task,
    Value told) {

  /**
   * The artifact task that wrote the artifact and reads it again.
   *
   * @param file the plugin's file, with folders and extension
   * @param outputs the names of what reading gives, in order
   */
  public record ReadingTask(
      long pluginId,
      String pluginName,
      long pluginSnapshotId,
      String file,
      String name,
      List<String> outputs) {
    public ReadingTask {
      outputs = List.copyOf(outputs);
    }

    private static ReadingTask of(JsonNode json) {
      List<String> outputs = new ArrayList<>();
      json.path("outputs").forEach(output -> outputs.add(output.required("name").stringValue()));
      return new ReadingTask(
          json.required("plugin_id").longValue(),
          json.required("plugin_name").stringValue(),
          json.required("plugin_snapshot_id").longValue(),
          json.required("file_name").stringValue(),
          json.required("task_name").stringValue(),
          outputs);
    }
  }

  /** The last part of the address: the name of the file or folder. */
  public String baseName() {
    String path = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static InputArtifact of(String name, JsonNode json) {
    return new InputArtifact(
        name,
        json.required("artifact_id").longValue(),
        json.required("artifact_snapshot_id").longValue(),
        json.required("artifact_uri").stringValue(),
        json.required("is_dir").booleanValue(),
        ReadingTask.of(json.required("artifact_task")),
        JsonValues.value(json));
  }

  static List<InputArtifact> all(JsonNode json) {
    List<InputArtifact> artifacts = new ArrayList<>();
    json.forEachEntry((name, artifact) -> artifacts.add(of(name, artifact)));
    return artifacts;
  }
}
