package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.network.ForwardProxy;
import io.dioptra.worker.network.PrivateAuthority;
import io.dioptra.worker.network.TlsFront;
import io.dioptra.worker.testing.ArtifactStore;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SiteOf;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A worker whose servers speak TLS with certificates of the site's own, behind a proxy. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class BehindProxyIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String API = "restapi.invalid";

  /** MLflow serves nobody who calls it by a name that it does not know. */
  private static final String MLFLOW = "10.99.99.99";

  /** A name's first part would be taken for a bucket. */
  private static final String S3 = "10.99.99.98";

  @TempDir private Path folder;

  @Test
  void aJobRunsWithAllItsServersBehindTlsAndAProxyWithAPassword(
      @SiteOf(artifacts = ArtifactStore.S3) DioptraSite site) throws Exception {
    PrivateAuthority authority = PrivateAuthority.in(folder, API, MLFLOW, S3);
    try (ForwardProxy proxy = ForwardProxy.start();
        TlsFront api = TlsFront.of(site.api(), authority.context());
        TlsFront mlflow = TlsFront.of(site.mlflow(), authority.context());
        TlsFront s3 = TlsFront.of(site.s3().orElseThrow(), authority.context())) {
      Map<String, String> variables = new HashMap<>(site.workerEnvironment());
      variables.put("DIOPTRA_API", api.at(API));
      variables.put("MLFLOW_TRACKING_URI", mlflow.at(MLFLOW));
      variables.put("MLFLOW_S3_ENDPOINT_URL", s3.at(S3));
      variables.put("https_proxy", proxy.url());
      variables.put("no_proxy", "");
      variables.put("REQUESTS_CA_BUNDLE", authority.bundle().toString());
      variables.put("AWS_CA_BUNDLE", authority.bundle().toString());
      try (Workshop shop = Workshop.open(site, variables)) {
        SubmittedJob job = Letters.in(shop).write("Bob");
        EveryJourney.assertFinished(shop.ended(job));
        assertThat(job.artifact("letter").download()).asString().isEqualTo("Hello, Bob");
      }
      assertThat(proxy.passed())
          .containsExactly("CONNECT " + S3, "CONNECT " + MLFLOW, "CONNECT " + API);
    }
  }

  @Test
  void plainHttpPassesTheProxyTooAndExceptionsDoNot(DioptraSite site) throws Exception {
    try (ForwardProxy proxy = ForwardProxy.start()) {
      Map<String, String> variables = new HashMap<>(site.workerEnvironment());
      variables.put("DIOPTRA_API", "http://" + API + ":" + site.api().getPort());
      variables.put("http_proxy", proxy.url());
      variables.put("no_proxy", "127.0.0.0/8");
      try (Workshop shop = Workshop.open(site, variables)) {
        EveryJourney.assertFinished(shop.ended(Letters.in(shop).write("Bob")));
      }
      assertThat(proxy.passed()).containsExactly("plain " + API);
    }
  }

  @Test
  void aCertificateOfAStrangerIsToldWithWhatToDo(DioptraSite site) throws Exception {
    PrivateAuthority authority = PrivateAuthority.in(folder, "localhost");
    try (TlsFront api = TlsFront.of(site.api(), authority.context())) {
      Map<String, String> variables = new HashMap<>(site.workerEnvironment());
      variables.put("DIOPTRA_API", api.at("localhost"));
      try (WorkerProcess worker =
          WorkerProcess.start(
              "worker-common", variables, folder, "--burst", "--preload", "none", "nobodys")) {
        assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
        assertThat(worker.log())
            .contains("The operator should put the authority that signed this server's certificate")
            .contains("REQUESTS_CA_BUNDLE");
      }
    }
  }
}
