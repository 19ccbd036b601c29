package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RqTimeTest {
  @Test
  void aTimeHasSixDigitsWhateverItsFraction() {
    assertThat(RqTime.text(Instant.parse("2026-05-04T03:02:01Z")))
        .isEqualTo("2026-05-04T03:02:01.000000Z");
    assertThat(RqTime.text(Instant.parse("2026-05-04T03:02:01.123456789Z")))
        .isEqualTo("2026-05-04T03:02:01.123456Z");
  }

  @Test
  void secondsHaveAPointAndMicroseconds() {
    assertThat(RqTime.decimal(Instant.ofEpochSecond(1_777_863_721L, 5_000)))
        .isEqualTo("1777863721.000005");
    assertThat(RqTime.decimal(Duration.ofMillis(1500))).isEqualTo("1.500000");
  }
}
