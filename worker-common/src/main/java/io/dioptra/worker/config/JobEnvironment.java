package io.dioptra.worker.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
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
          "PYTHONHOME",
          "DIOPTRA_WORKER_HEALTH_FILE",
          "DIOPTRA_WORKER_PYTHON",
          "DIOPTRA_WORKER_TASK_HOST");

  private static final Set<String> PROXIES =
      Set.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");
  private static final String EXCEPTIONS = "no_proxy";
  private static final String LOOPBACK = "127.0.0.1";

  private final Map<String, String> environment;

  JobEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  Map<String, String> variables() {
    Map<String, String> seen = new LinkedHashMap<>(new TreeMap<>(environment));
    seen.keySet().removeAll(HIDDEN);
    if (!Collections.disjoint(seen.keySet(), PROXIES)) {
      exceptLoopback(seen);
    }
    return seen;
  }

  /** What jobs ask the worker itself must not go out through a site's proxy. */
  private static void exceptLoopback(Map<String, String> seen) {
    String upper = EXCEPTIONS.toUpperCase(Locale.ROOT);
    String lower = seen.getOrDefault(EXCEPTIONS, "");
    String present = lower.isEmpty() ? seen.getOrDefault(upper, "") : lower;
    if (!present.strip().equals("*")) {
      String more = present.isEmpty() ? LOOPBACK : present + "," + LOOPBACK;
      seen.put(EXCEPTIONS, more);
      seen.put(upper, more);
    }
  }
}
