package io.dioptra.worker.api;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A job as the REST API stores it. */
public record JobRecord(
    JobId id,
    long groupId,
    long entrypointId,
    long entrypointSnapshotId,
    String entrypointName,
    JobStatus status) {
  static JobRecord of(JsonNode json) {
    JsonNode entrypoint = json.required("entrypoint");
    return new JobRecord(
        new JobId(json.required("id").longValue()),
        json.required("group").required("id").longValue(),
        entrypoint.required("id").longValue(),
        entrypoint.required("snapshotId").longValue(),
        entrypoint.required("name").stringValue(),
        status(json));
  }

  /** The member {@code status}. */
  static JobStatus status(JsonNode json) {
    return JobStatus.valueOf(json.required("status").stringValue().toUpperCase(Locale.ROOT));
  }
}
