package io.dioptra.worker.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What job code sees of the worker's environment: everything but the worker's own secrets and
 * addresses. MLflow's and S3's variables stay, because plugins log through them.
 */
final class JobEnvironment {
  private static final Set<String> HIDDEN =
      Set.of(
          "DIOPTRA_WORKER_USERNAME",
          "DIOPTRA_WORKER_PASSWORD",
          "DIOPTRA_API",
          "DIOPTRA_RESTAPI_DATABASE_URI",
          "RQ_REDIS_URI",
          "RQ_REDIS_URL",
          "JAVA_OPTS",
          "JDK_JAVA_OPTIONS",
          "JAVA_TOOL_OPTIONS",
          "CLASSPATH",
          "PYTHONPATH",
          "PYTHONHOME",
          "DIOPTRA_WORKER_PYTHON",
          "DIOPTRA_WORKER_TASK_HOST");

  private final Map<String, String> environment;

  JobEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  Map<String, String> variables() {
    Map<String, String> seen = new LinkedHashMap<>(new TreeMap<>(environment));
    seen.keySet().removeAll(HIDDEN);
    return seen;
  }
}
