package io.dioptra.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseTimesTest {
  private final AtomicLong nanos = new AtomicLong(-5_000_000);

  @Test
  void phasesAreToldInOrderAndInMilliseconds() {
    PhaseTimes times = new PhaseTimes(nanos::get);
    nanos.addAndGet(42_900_000);
    times.end("fetch");
    nanos.addAndGet(7_000_000);
    times.end("run");
    assertThat(times).hasToString("fetch=42 run=7");
    assertThat(times.total()).isEqualTo(Duration.ofNanos(49_900_000));
  }

  @Test
  void withoutAPhaseThereIsNothingToTell() {
    PhaseTimes times = new PhaseTimes(nanos::get);
    nanos.addAndGet(1);
    assertThat(times).hasToString("");
    assertThat(times.total()).isZero();
  }
}
