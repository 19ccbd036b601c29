package io.dioptra.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private final HandClock clock = new HandClock();

  @Test
  void theFirstBrokenConnectionIsRepeatedAtOnceTheSecondOneIsNot() throws Exception {
    Attempts attempts = new Attempts(Patience.of(Duration.ofSeconds(10)), clock);

    assertThat(attempts.again(Trouble.BROKEN_CONNECTION)).isTrue();
    assertThat(clock.sleeps()).isEmpty();
    assertThat(attempts.again(Trouble.BROKEN_CONNECTION)).isTrue();
    assertThat(clock.sleeps()).containsExactly(Duration.ofMillis(200));
    assertThat(attempts.failed()).isEqualTo(2);
  }

  @Test
  void waitsDoubleUpToTheLongest() throws Exception {
    Patience patience =
        new Patience(Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(5));
    Attempts attempts = new Attempts(patience, clock);

    for (int i = 0; i < 5; i++) {
      assertThat(attempts.again(Trouble.OUT_OF_ORDER)).isTrue();
    }

    assertThat(clock.sleeps()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 5L, 5L);
  }

  @Test
  void itGivesUpAtOnceWhereTheNextAttemptWouldComeTooLate() throws Exception {
    Patience patience =
        new Patience(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(2));
    Attempts attempts = new Attempts(patience, clock);

    assertThat(attempts.again(Trouble.OUT_OF_ORDER)).isTrue();
    assertThat(attempts.again(Trouble.OUT_OF_ORDER)).isFalse();
    assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(2));
    assertThat(attempts.remaining()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void failuresOfTheNetworkAreToldApart() {
    assertThat(Trouble.of(new ConnectException("refused"))).isEqualTo(Trouble.OUT_OF_ORDER);
    assertThat(Trouble.of(new SocketTimeoutException())).isEqualTo(Trouble.OUT_OF_ORDER);
    assertThat(Trouble.of(new SocketException("Connection reset")))
        .isEqualTo(Trouble.BROKEN_CONNECTION);
    assertThat(Trouble.of(new EOFException())).isEqualTo(Trouble.BROKEN_CONNECTION);
    assertThat(Trouble.of(new IOException("unexpected end of stream on http://api")))
        .isEqualTo(Trouble.BROKEN_CONNECTION);
  }
}
