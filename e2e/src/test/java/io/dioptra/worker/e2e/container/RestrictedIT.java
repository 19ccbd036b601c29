package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs run also where a site gives its containers little. */
@ExtendWith(SharedSite.class)
class RestrictedIT {
  private final TestedImage image = TestedImage.smallest();
  private final DioptraSite site;

  RestrictedIT(DioptraSite site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345:0", "12345:12345", "39000:100"})
  void asAnyUser(String user) throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker = container(probe).asUser(user)) {
      worker.start();
      assertThat(worker.inside("id -u")).isEqualTo(user.substring(0, user.indexOf(':')));
      assertJobsRun(probe);
    }
  }

  @Test
  void onAReadOnlyRootFileSystem() throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker = container(probe).readOnly()) {
      worker.start();
      assertThat(worker.execInContainer("touch", "/home/dioptra/new").getExitCode()).isNotZero();
      assertJobsRun(probe);
    }
  }

  @Test
  void withoutCapabilitiesAndNewPrivileges() throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker = container(probe).withoutRights()) {
      worker.start();
      assertThat(worker.inside("grep -E '^(CapBnd|NoNewPrivs)' /proc/self/status"))
          .contains("CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
      assertJobsRun(probe);
    }
  }

  @Test
  void withAllOfThisAtOnce() throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker =
        container(probe).asUser("12345:12345").readOnly().withoutRights()) {
      worker.start();
      assertJobsRun(probe);
    }
  }

  private WorkerContainer container(Probe probe) {
    return WorkerContainer.of(image, site, probe.queueName());
  }

  private static void assertJobsRun(Probe probe) throws Exception {
    assertThat(probe.finished("import", "numpy")).containsPattern("numpy \\d+\\.\\d+\\.\\d+\\.");
  }
}
