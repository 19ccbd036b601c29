package io.dioptra.worker.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A job as the REST API shows it. Every call asks anew. */
public final class SubmittedJob {
  private static final Set<String> ENDS = Set.of("finished", "failed");
  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final int PAGE = 500;

  private final RestSession session;
  private final int id;
  private final int experiment;

  SubmittedJob(RestSession session, int id, int experiment) {
    this.session = session;
    this.id = id;
    this.experiment = experiment;
  }

  public int id() {
    return id;
  }

  public int experiment() {
    return experiment;
  }

  /** {@code queued}, {@code started}, {@code deferred}, {@code finished} or {@code failed}. */
  public String status() throws IOException, InterruptedException {
    return session.get(path("/status")).get("status").asString();
  }

  /** Sets the status, as any user may. */
  public void setStatus(String status) throws IOException, InterruptedException {
    JsonNode body = session.json().createObjectNode().put("status", status);
    session.put("/experiments/" + experiment + "/jobs/" + id + "/status", body);
  }

  /** Deletes the job; what of it is in Redis stays there. */
  public void delete() throws IOException, InterruptedException {
    session.delete(path(""));
  }

  public boolean hasEnded() throws IOException, InterruptedException {
    return ENDS.contains(status());
  }

  /**
   * Waits until the job is finished or failed and returns which; asks 40 times a second.
   *
   * @throws IOException if it is neither after the limit; the message holds its log
   */
  public String awaitEnd(Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    String status = status();
    while (!ENDS.contains(status)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "Job " + id + " is " + status + " after " + limit + ". Its log:\n" + logText());
      }
      Thread.sleep(PAUSE);
      status = status();
    }
    return status;
  }

  /** All lines of the job's log so far, in the order in which they were sent. */
  public List<JobLogLine> log() throws IOException, InterruptedException {
    return log(0);
  }

  /** The lines of the log after the first {@code skip}. */
  public List<JobLogLine> log(int skip) throws IOException, InterruptedException {
    List<JobLogLine> lines = new ArrayList<>();
    JsonNode page;
    do {
      int index = skip + lines.size();
      page = session.get(path("/log?index=" + index + "&pageLength=" + PAGE));
      page.get("data").forEach(line -> lines.add(JobLogLine.of(line)));
    } while (!page.get("data").isEmpty() && !page.path("isComplete").asBoolean());
    return lines;
  }

  /** The messages of the log, one after the other. */
  public String logText() throws IOException, InterruptedException {
    return String.join("\n", log().stream().map(JobLogLine::message).toList());
  }

  /** The job's output artifacts by the name they have in the entrypoint, in order. */
  public Map<String, StoredArtifact> artifacts() throws IOException, InterruptedException {
    Map<String, StoredArtifact> artifacts = new LinkedHashMap<>();
    for (JsonNode reference : resource().get("artifacts")) {
      StoredArtifact artifact =
          StoredArtifact.of(session, session.get("/artifacts/" + reference.get("id").asInt()));
      artifacts.put(artifact.name(), artifact);
    }
    return artifacts;
  }

  /** The output artifact of that name; there must be one. */
  public StoredArtifact artifact(String name) throws IOException, InterruptedException {
    StoredArtifact artifact = artifacts().get(name);
    if (artifact == null) {
      throw new IOException("Job " + id + " has no artifact " + name + ": " + resource());
    }
    return artifact;
  }

  /** The latest value of each metric; special values are {@code NaN} and infinities. */
  public Map<String, Double> metrics() throws IOException, InterruptedException {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (JsonNode metric : session.get(path("/metrics"))) {
      metrics.put(metric.get("name").asString(), number(metric.get("value")));
    }
    return metrics;
  }

  /** The id of its MLflow run, or the empty text. */
  public String mlflowRun() throws IOException, InterruptedException {
    JsonNode run = session.get(path("/mlflowRun")).get("mlflowRunId");
    return run == null || run.isNull() ? "" : run.asString();
  }

  /** The whole resource. */
  public JsonNode resource() throws IOException, InterruptedException {
    return session.get(path(""));
  }

  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    return switch (value.asString()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  private String path(String rest) {
    return "/jobs/" + id + rest;
  }

  @Override
  public String toString() {
    return "job " + id;
  }
}
