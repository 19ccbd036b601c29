package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JobEnvironmentTest {
  @Test
  void jobsSeeWhatPluginsLogThroughAndNoneOfTheWorkersSecrets() {
    Map<String, String> worker =
        Map.of(
            "DIOPTRA_WORKER_PASSWORD", "secret",
            "DIOPTRA_WORKER_USERNAME", "worker",
            "DIOPTRA_API", "http://restapi:5000",
            "RQ_REDIS_URI", "redis://redis:6379/0",
            "MLFLOW_TRACKING_URI", "http://mlflow:5000",
            "HOME", "/home/dioptra");

    assertThat(new JobEnvironment(worker).variables())
        .containsOnlyKeys("MLFLOW_TRACKING_URI", "HOME");
  }

  @Test
  void aSitesProxyIsNotUsedForTheRelay() {
    assertThat(seen(Map.of("HTTP_PROXY", "http://proxy:3128")))
        .containsEntry("no_proxy", "127.0.0.1")
        .containsEntry("NO_PROXY", "127.0.0.1");
    assertThat(seen(Map.of("http_proxy", "http://proxy:3128", "NO_PROXY", "restapi,mlflow")))
        .containsEntry("no_proxy", "restapi,mlflow,127.0.0.1")
        .containsEntry("NO_PROXY", "restapi,mlflow,127.0.0.1");
    assertThat(seen(Map.of("http_proxy", "http://proxy:3128", "no_proxy", "*")))
        .containsEntry("no_proxy", "*")
        .doesNotContainKey("NO_PROXY");
    assertThat(seen(Map.of("NO_PROXY", "restapi")))
        .containsExactly(Map.entry("NO_PROXY", "restapi"));
  }

  private static Map<String, String> seen(Map<String, String> worker) {
    return new JobEnvironment(worker).variables();
  }
}
