package io.dioptra.worker.tracking;

import io.dioptra.worker.config.TrackingSettings;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * MLflow's tracking server, as far as a job needs it.
 *
 * <p>Any thread may call it. Every request waits, and is repeated while the server is out of order,
 * for as long as the patience given. A run whose creation was answered into the void may stay
 * behind without a job, as with MLflow's own client.
 */
public final class MlflowTracking implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final MediaType JSON = MediaType.get("application/json");

  /** MLflow takes no more parameters in one request. */
  private static final int BATCH = 100;

  /** MLflow keeps no longer value of a parameter. */
  private static final int LONGEST_VALUE = 6000;

  private final TrackingSettings settings;
  private final TrackingHttp http;
  private final ExperimentChoice experiment;
  private final ArtifactStores stores;

  /** Sends nothing yet. */
  public MlflowTracking(TrackingSettings settings, Patience patience, MonotonicClock clock) {
    this.settings = settings;
    this.http = new TrackingHttp(settings, patience, clock);
    this.experiment = new ExperimentChoice(settings.experiment(), this::get, this::post);
    this.stores = new ArtifactStores(http, settings.s3());
  }

  /** Creates a run with these tags; the server invents its name. */
  public MlflowRun createRun(Instant start, String source, Map<String, String> tags)
      throws TrackingException, InterruptedException {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    all.put("mlflow.user", settings.user());
    all.put("mlflow.source.name", source);
    all.put("mlflow.source.type", "LOCAL");
    all.putAll(tags);
    SequencedMap<String, Object> body = new LinkedHashMap<>();
    body.put("experiment_id", experiment.id());
    body.put("user_id", settings.user());
    body.put("start_time", start.toEpochMilli());
    body.put("tags", entries(all));
    JsonNode info = post("runs/create", body).path("run").path("info");
    return new MlflowRun(info.path("run_id").asString(""), info.path("artifact_uri").asString(""));
  }

  public void setTag(MlflowRun run, String key, String value)
      throws TrackingException, InterruptedException {
    var _ = post("runs/set-tag", Map.of("run_id", run.id(), "key", key, "value", value));
  }

  /** Logs parameters as they are to be read, in as few requests as MLflow allows. */
  public void logParams(MlflowRun run, SequencedMap<String, String> params)
      throws TrackingException, InterruptedException {
    List<Map<String, String>> entries = entries(params);
    for (int from = 0; from < entries.size(); from += BATCH) {
      List<Map<String, String>> batch =
          entries.subList(from, Math.min(entries.size(), from + BATCH));
      var _ = post("runs/log-batch", Map.of("run_id", run.id(), "params", batch));
    }
  }

  /** Logs metrics that have one value each. */
  public void logMetrics(MlflowRun run, SequencedMap<String, Double> metrics, Instant time)
      throws TrackingException, InterruptedException {
    List<Map<String, Object>> entries = new ArrayList<>();
    metrics.forEach(
        (name, value) ->
            entries.add(
                Map.of("key", name, "value", value, "timestamp", time.toEpochMilli(), "step", 0)));
    for (int from = 0; from < entries.size(); from += BATCH) {
      var batch = entries.subList(from, Math.min(entries.size(), from + BATCH));
      var _ = post("runs/log-batch", Map.of("run_id", run.id(), "metrics", batch));
    }
  }

  public void endRun(MlflowRun run, RunStatus status, Instant end)
      throws TrackingException, InterruptedException {
    var _ =
        post(
            "runs/update",
            Map.of("run_id", run.id(), "status", status.name(), "end_time", end.toEpochMilli()));
  }

  /**
   * Stores a text as a file of this name at the root of the run's artifacts.
   *
   * @return its address, not percent-encoded
   */
  public String logText(MlflowRun run, String name, String text)
      throws TrackingException, InterruptedException {
    ArtifactStore store = stores.of(run);
    return store.put(ArtifactPath.of(name), new Upload.Text(text, ContentTypes.guess(name)));
  }

  /**
   * Stores a file, or a folder with all that is below it, under a folder of the run's artifacts.
   *
   * @return the address to register: of the file, or of the folder; not percent-encoded
   */
  public String logArtifact(MlflowRun run, Path source, String under)
      throws TrackingException, InterruptedException {
    return new ArtifactUpload(stores.of(run)).upload(source, under);
  }

  private List<Map<String, String>> entries(SequencedMap<String, String> texts) {
    List<Map<String, String>> entries = new ArrayList<>();
    texts.forEach((key, value) -> entries.add(Map.of("key", key, "value", cut(value))));
    return entries;
  }

  private String cut(String value) {
    if (!settings.truncate() || value.codePointCount(0, value.length()) <= LONGEST_VALUE) {
      return value;
    }
    return value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE));
  }

  private JsonNode post(String path, Map<String, ?> body)
      throws TrackingException, InterruptedException {
    byte[] json = MAPPER.writeValueAsBytes(body);
    return ask(
        "POST " + path,
        new Request.Builder().url(url(path).build()).post(RequestBody.create(json, JSON)).build());
  }

  private JsonNode get(String path, String key, String value)
      throws TrackingException, InterruptedException {
    return ask(
        "GET " + path,
        new Request.Builder().url(url(path).addQueryParameter(key, value).build()).build());
  }

  private HttpUrl.Builder url(String path) {
    return http.root().newBuilder().addPathSegments("api/2.0/mlflow/" + path);
  }

  private JsonNode ask(String what, Request request)
      throws TrackingException, InterruptedException {
    try {
      return http.ask(what, request, response -> MAPPER.readTree(response.body().bytes()));
    } catch (JacksonException e) {
      throw new TrackingException.Unreachable(
          "What answers at %s is no MLflow tracking server: the answer to %s is not JSON. The operator should check MLFLOW_TRACKING_URI."
              .formatted(settings.server(), what),
          e);
    }
  }

  @Override
  public void close() {
    stores.close();
    http.close();
  }
}
