package io.dioptra.worker.tracking;

import io.dioptra.worker.config.TrackingSettings.Experiment;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The id of the MLflow experiment that takes the runs. Found once; any thread may ask. */
final class ExperimentChoice {
  private static final String DEFAULT = "0";

  private final Experiment experiment;
  private final Get get;
  private final Post post;
  private volatile @Nullable String found;

  /** Asks the server for something with one query parameter. */
  interface Get {
    JsonNode get(String path, String key, String value)
        throws TrackingException, InterruptedException;
  }

  /** Tells the server something. */
  interface Post {
    JsonNode post(String path, Map<String, ?> body) throws TrackingException, InterruptedException;
  }

  ExperimentChoice(Experiment experiment, Get get, Post post) {
    this.experiment = experiment;
    this.get = get;
    this.post = post;
  }

  String id() throws TrackingException, InterruptedException {
    return switch (experiment) {
      case Experiment.Default _ -> DEFAULT;
      case Experiment.Id(String id) -> id;
      case Experiment.Name(String name) -> byName(name);
    };
  }

  private String byName(String name) throws TrackingException, InterruptedException {
    String present = found;
    if (present == null) {
      present = lookUp(name);
      found = present;
    }
    return present;
  }

  private String lookUp(String name) throws TrackingException, InterruptedException {
    try {
      return existing(name);
    } catch (TrackingException.Refused e) {
      if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        throw e;
      }
    }
    try {
      return post.post("experiments/create", Map.of("name", name))
          .path("experiment_id")
          .asString("");
    } catch (TrackingException.Refused e) {
      // Somebody else was faster, or the answer to our first attempt was lost.
      if (!e.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
      return existing(name);
    }
  }

  private String existing(String name) throws TrackingException, InterruptedException {
    return get.get("experiments/get-by-name", "experiment_name", name)
        .path("experiment")
        .path("experiment_id")
        .asString("");
  }
}
