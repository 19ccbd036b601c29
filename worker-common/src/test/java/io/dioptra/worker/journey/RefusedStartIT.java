package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.SubmittedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that somebody changed while they waited are not run. */
@ExtendWith(SharedWorkshop.class)
class RefusedStartIT {
  @Test
  void aJobThatIsStartedAlreadyIsLeftAlone(Workshop shop, @TempDir Path folder) throws Exception {
    Rude rude = Rude.in(shop);
    Path gate = folder.resolve("gate");
    SubmittedJob first = rude.submit("wait", gate);
    SubmittedJob second = rude.submit("nothing", "");
    second.setStatus("started");
    Files.createFile(gate);
    assertThat(shop.ended(first).status()).isEqualTo("finished");
    RqJob rq = shop.endedInRq(Integer.toString(second.id()));
    assertThat(rq.status()).isEqualTo("failed");
    assertThat(rq.text())
        .contains("Dioptra does not let job " + second.id() + " start")
        .contains("its status is \"started\", not \"queued\"");
    assertThat(second.status()).isEqualTo("started");
    assertThat(second.mlflowRun()).isEmpty();
    assertThat(second.log()).isEmpty();
  }

  @Test
  void aJobThatWasDeletedIsLeftAlone(Workshop shop, @TempDir Path folder) throws Exception {
    Rude rude = Rude.in(shop);
    Path gate = folder.resolve("gate");
    SubmittedJob first = rude.submit("wait", gate);
    SubmittedJob second = rude.submit("nothing", "");
    second.delete();
    Files.createFile(gate);
    assertThat(shop.ended(first).status()).isEqualTo("finished");
    RqJob rq = shop.endedInRq(Integer.toString(second.id()));
    assertThat(rq.status()).isEqualTo("failed");
    assertThat(rq.text())
        .contains("Dioptra does not let job " + second.id() + " start", "it is not there");
    assertThat(shop.worker().log()).doesNotContain("job " + second.id() + " finished");
  }
}
