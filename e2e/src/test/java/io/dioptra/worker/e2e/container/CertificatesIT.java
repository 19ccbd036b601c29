package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A site with an authority of its own, as Dioptra's deployment sets it up. */
@ExtendWith(SharedSite.class)
class CertificatesIT {
  private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
  private static final List<String> VARIABLES =
      List.of(
          "AWS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "SSL_CERT_FILE",
          "NODE_EXTRA_CA_CERTS");

  private final TestedImage image = TestedImage.smallest();
  private final DioptraSite site;
  private final String added = "dioptra-e2e-" + Probe.unique();
  private final String bundles = "dioptra-e2e-" + Probe.unique();
  private final PrivateAuthority authority;

  CertificatesIT(DioptraSite site) throws Exception {
    this.site = site;
    this.authority = PrivateAuthority.before(site.api());
  }

  @BeforeEach
  void makeVolumes() throws Exception {
    for (String volume : List.of(added, bundles)) {
      Program.of("docker", "volume", "create", "--label=io.dioptra.worker.e2e=volume", volume)
          .output();
    }
    // The deployment's first step, which runs as root on the two volumes.
    String certificate = authority.certificate();
    Program.of(
            "docker",
            "run",
            "--rm",
            "--network=none",
            "--user=0:0",
            "--entrypoint=/bin/bash",
            "--volume=" + added + ":/usr/local/share/ca-certificates",
            "--volume=" + bundles + ":/etc/ssl",
            "--env=CERTIFICATE=" + certificate,
            image.reference(),
            "-ec",
            "echo \"$CERTIFICATE\" >/usr/local/share/ca-certificates/site.crt;"
                + " update-ca-certificates")
        .output();
  }

  @AfterEach
  void removeVolumes() throws Exception {
    authority.close();
    Program.of("docker", "volume", "rm", added, bundles).output();
  }

  @Test
  void theWorkerTrustsWhatTheVolumesTrust() throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker =
        WorkerContainer.of(image, site, probe.queueName())
            .withEnv("DIOPTRA_API", authority.address().toString())
            .withVolumes(Map.of(added, "/usr/local/share/ca-certificates", bundles, "/etc/ssl"))) {
      VARIABLES.forEach(name -> worker.withEnv(name, BUNDLE));
      worker.start();
      assertThat(worker.getLogs()).contains("Dioptra's REST API is there");
      // What plugins would use.
      assertThat(
              worker.inside(
                  "python -c 'import requests; print(requests.get(\""
                      + authority.address()
                      + "/health\").status_code)'"))
          .isEqualTo("200");
      probe.finished("nothing", "");
    }
  }
}
