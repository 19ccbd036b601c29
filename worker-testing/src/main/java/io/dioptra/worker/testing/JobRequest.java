package io.dioptra.worker.testing;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A job to submit; made by {@link DioptraClient#job}. */
public final class JobRequest {
  private final RestSession session;
  private final int experiment;
  private final int entrypoint;
  private final int queue;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, StoredArtifact> inputs = new LinkedHashMap<>();
  private final Map<String, String> swaps = new LinkedHashMap<>();
  private String timeout = "10m";

  JobRequest(RestSession session, int experiment, int entrypoint, int queue) {
    this.session = session;
    this.experiment = experiment;
    this.entrypoint = entrypoint;
    this.queue = queue;
  }

  /** The value of a parameter, as text. */
  public JobRequest value(String parameter, Object value) {
    values.put(parameter, value.toString());
    return this;
  }

  /** An artifact of another job as input. */
  public JobRequest input(String name, StoredArtifact artifact) {
    inputs.put(name, artifact);
    return this;
  }

  /** The choice for a swap; only API 1.2 knows them. */
  public JobRequest swap(String name, String choice) {
    swaps.put(name, choice);
    return this;
  }

  /** How long it may run, in RQ's form: {@code 30s}, {@code 10m}, {@code 24h}. */
  public JobRequest timeout(String duration) {
    timeout = duration;
    return this;
  }

  /** Creates the job, which puts it on its queue. */
  public SubmittedJob submit() throws IOException, InterruptedException {
    ObjectNode body = session.json().createObjectNode();
    body.put("entrypoint", entrypoint).put("queue", queue).put("timeout", timeout);
    ObjectNode texts = body.putObject("values");
    values.forEach(texts::put);
    ObjectNode artifacts = body.putObject("artifactValues");
    inputs.forEach(
        (name, artifact) ->
            artifacts
                .putObject(name)
                .put("id", artifact.id())
                .put("snapshotId", artifact.snapshot()));
    if (!swaps.isEmpty()) {
      ArrayNode choices = body.putArray("swaps");
      swaps.forEach(
          (name, choice) -> choices.addObject().put("swap_name", name).put("task_alias", choice));
    }
    int id = session.post("/experiments/" + experiment + "/jobs", body).get("id").asInt();
    return new SubmittedJob(session, id, experiment);
  }
}
