package io.dioptra.worker.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The worker's own log in the shape of Dioptra's: time, level, event, logger, bound keys. */
final class ConsoleLines extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line =
        new StringBuilder(
            "%s [%-9s] %-30s [%s]"
                .formatted(
                    time(event), level(event), event.getFormattedMessage(), event.getLoggerName()));
    event
        .getMDCPropertyMap()
        .forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString();
  }

  static String time(ILoggingEvent event) {
    Instant instant = event.getInstant();
    return TIME.format(instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant);
  }

  /** Python's word for the level. */
  static String level(ILoggingEvent event) {
    String word = event.getLevel().toString().toLowerCase(Locale.ROOT);
    return word.equals("warn") ? "warning" : word;
  }
}
