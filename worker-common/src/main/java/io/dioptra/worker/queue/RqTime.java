package io.dioptra.worker.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * RQ's three ways to write a time. Its readers refuse nine digits of fraction and any offset but
 * {@code Z}, so {@link Instant#toString} does not do.
 */
final class RqTime {
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private RqTime() {}

  /** For example 2026-05-04T03:02:01.000000Z. */
  static String text(Instant time) {
    return TEXT.format(time);
  }

  /** Seconds with microseconds, for example 1777863721.000000. */
  static String decimal(Instant time) {
    return decimal(time.getEpochSecond(), time.getNano());
  }

  /** Seconds with microseconds. */
  static String decimal(Duration length) {
    return decimal(length.getSeconds(), length.getNano());
  }

  private static String decimal(long seconds, int nanos) {
    return "%d.%06d".formatted(seconds, nanos / 1000);
  }
}
