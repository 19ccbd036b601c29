package io.dioptra.worker.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM task host starts in an image, as whoever the jobs are. */
@ExtendWith(SharedSite.class)
class JvmIT {
  private final DioptraSite site;

  JvmIT(DioptraSite site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"39000:100", "0:0"})
  void aTaskReachesTheJvm(String user) throws Exception {
    Probe probe = Probe.at(site.client());
    try (WorkerContainer worker =
        WorkerContainer.of(TestedImage.smallest(), site, probe.queueName()).asUser(user)) {
      worker.start();
      assertThat(probe.finished("jvm", "")).contains("the JVM says: ", "none.such");
      assertThat(probe.finished("jvm", "")).contains("the JVM says: ");
      // In brackets, so that the search does not find itself.
      String owners =
          worker.inside(
              "for p in /proc/[0-9]*; do grep -zq jvm.host.[M]ain $p/cmdline 2>/dev/null"
                  + " && stat -c %u $p; done; true");
      assertThat(owners).isEqualTo("39000");
    }
  }
}
