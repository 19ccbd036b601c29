package io.dioptra.worker.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.NeedsImage;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.Account;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worker service of Dioptra's deployment template, of which only the image was changed. */
@NeedsImage("tensorflow-cpu")
class DeploymentTemplateIT {
  private static final String PROJECT = "dioptra-e2e-template";
  private static final String WORKER = PROJECT + "-tfcpu-01";
  private static final String API = PROJECT + "-restapi";

  /** The first check comes after 30 s. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Account account = new Account("dioptra-worker", Probe.unique());

  @Test
  void runsJobsAndBecomesHealthy() throws Exception {
    try (Compose compose = compose()) {
      compose.up();
      compose.awaitHealthy(API, LIMIT);
      try (DioptraClient client = DioptraClient.connect(compose.address(API, 5000))) {
        client.register(account);
        client.logIn(account);
        int queue = client.createQueue("tensorflow-cpu");
        // A worker whose account was not there yet has ended; the service restarts it.
        Probe probe = Probe.on(client, queue, "tensorflow-cpu");
        assertThat(probe.finished("import", "tensorflow")).contains("tensorflow 2.18.0.");
        compose.awaitHealthy(WORKER, LIMIT);
      }
    }
  }

  private Compose compose() {
    Path folder =
        Checkout.find().resolve("e2e/src/test/resources/io/dioptra/worker/e2e/system/template");
    return Compose.of(
        PROJECT,
        List.of(folder.resolve("worker.yaml"), folder.resolve("services.yaml")),
        Map.of(
            "WORKER_IMAGE", new TestedImage("tensorflow-cpu").reference(),
            "WORKER_AWS_ACCESS_KEY_ID", "worker",
            "WORKER_AWS_SECRET_ACCESS_KEY", Probe.unique(),
            "DIOPTRA_WORKER_USERNAME", account.username(),
            "DIOPTRA_WORKER_PASSWORD", account.password(),
            "CHECKOUT", Checkout.find().folder().toString()));
  }
}
