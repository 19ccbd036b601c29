package io.dioptra.worker.testing;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a REST API and a worker of one site talk to. */
record Neighbours(URI redis, URI mlflow, Optional<S3Server> s3) {
  /** The environment variables that name them. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("RQ_REDIS_URI", redis.toString());
    variables.put("RQ_REDIS_URL", redis.toString());
    variables.put("MLFLOW_TRACKING_URI", mlflow.toString());
    // boto3 refuses an empty endpoint; without S3 nobody asks this one.
    variables.put("MLFLOW_S3_ENDPOINT_URL", s3.map(S3Server::uri).orElse(mlflow).toString());
    variables.putAll(S3Server.credentials());
    return variables;
  }
}
