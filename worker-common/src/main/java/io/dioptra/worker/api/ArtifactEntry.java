package io.dioptra.worker.api;

import io.dioptra.worker.job.JobId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An artifact to be registered.
 *
 * @param group the id of the group that will own it
 * @param uri where it is stored, not percent-encoded
 * @param pluginSnapshotId the snapshot of the plugin that wrote it
 * @param taskId the artifact task that wrote it
 */
public record ArtifactEntry(
    long group, JobId job, String uri, long pluginSnapshotId, long taskId, String description) {
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("group", group);
    body.put("job", job.value());
    body.put("artifactUri", uri);
    body.put("pluginSnapshotId", pluginSnapshotId);
    body.put("taskId", taskId);
    body.put("description", description);
    return body;
  }
}
