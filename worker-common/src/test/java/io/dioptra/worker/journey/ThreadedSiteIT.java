package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.SiteOf;
import org.junit.jupiter.api.Test;

/** API 1.2 behind a threaded server, which closes kept-alive connections as it likes. */
class ThreadedSiteIT extends EveryJourney {
  ThreadedSiteIT(@SiteOf(apiThreads = 4) Workshop shop) {
    super(shop);
  }

  @Test
  void twoHundredJobsAtOnceAreAllFinishedAndNoneRunsTwice() throws Exception {
    Burst burst = Burst.of(shop(), 200);
    System.out.println("Burst: " + burst);
    assertThat(burst.statuses()).as(shop().worker().log()).containsOnly("finished");
    assertThat(burst.runs()).hasSize(200).containsOnly(1);
    assertThat(burst.results()).containsOnly(1);
    assertThat(burst.stepLines()).containsOnly(1L);
  }
}
