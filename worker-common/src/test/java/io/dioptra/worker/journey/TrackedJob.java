package io.dioptra.worker.journey;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The MLflow run of a job, as MLflow shows it. */
record TrackedJob(
    URI mlflow,
    String id,
    String status,
    Map<String, String> params,
    Map<String, String> tags,
    Map<String, Double> metrics) {
  private static final JsonMapper JSON = new JsonMapper();

  static TrackedJob of(URI mlflow, String id) throws IOException, InterruptedException {
    JsonNode run = JSON.readTree(get(mlflow, "/api/2.0/mlflow/runs/get?run_id=" + id)).get("run");
    return of(mlflow, run);
  }

  /** How many runs each job has, by the job's id; of the last 1000 runs. */
  static Map<String, Integer> runsByJob(URI mlflow) throws IOException, InterruptedException {
    String body = "{\"experiment_ids\": [\"0\"], \"max_results\": 1000}";
    String answer =
        send(
            HttpRequest.newBuilder(mlflow.resolve("/api/2.0/mlflow/runs/search"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (JsonNode run : JSON.readTree(answer).path("runs")) {
      counts.merge(of(mlflow, run).tags().getOrDefault("dioptra.jobId", ""), 1, Integer::sum);
    }
    return counts;
  }

  /** The text of an artifact of the run. */
  String artifact(String path) throws IOException, InterruptedException {
    String name = URLEncoder.encode(path, StandardCharsets.UTF_8);
    return get(mlflow, "/get-artifact?run_uuid=" + id + "&path=" + name);
  }

  private static TrackedJob of(URI mlflow, JsonNode run) {
    JsonNode info = run.get("info");
    JsonNode data = run.path("data");
    return new TrackedJob(
        mlflow,
        info.get("run_id").asString(),
        info.get("status").asString(),
        pairs(data.path("params")),
        pairs(data.path("tags")),
        metrics(data.path("metrics")));
  }

  private static Map<String, Double> metrics(JsonNode list) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    list.forEach(
        metric -> metrics.put(metric.get("key").asString(), metric.get("value").asDouble()));
    return metrics;
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    list.forEach(pair -> pairs.put(pair.get("key").asString(), pair.get("value").asString()));
    return pairs;
  }

  private static String get(URI mlflow, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(mlflow.resolve(path)).build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    }
  }
}
