package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionTest {
  private static final Instant START = Instant.parse("2026-05-04T03:02:01Z");
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({
    "86400, 0, 90",
    "86400, 80000, 90",
    "1, 0, 61",
    "100, 80, 80",
    "100, 100, 60",
    "100, 500, 60"
  })
  void theLeaseIsTheShorterOfWhatIsLeftAndTheIntervalAndAMinute(
      long timeout, long worked, long lease) {
    Execution execution = execution(Optional.of(Duration.ofSeconds(timeout)));

    assertThat(execution.lease(START.plusSeconds(worked), INTERVAL).toSeconds()).isEqualTo(lease);
  }

  @Test
  void aJobWithoutATimeoutIsLeasedByTheInterval() {
    assertThat(execution(Optional.empty()).lease(START.plusSeconds(1_000_000), INTERVAL))
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void aClockSetBackDoesNotMakeNegativeWork() {
    assertThat(execution(Optional.empty()).workingTime(START.minusSeconds(5))).isZero();
  }

  private static Execution execution(Optional<Duration> timeout) {
    return new Execution("12", "ab", "q", false, START, timeout);
  }
}
