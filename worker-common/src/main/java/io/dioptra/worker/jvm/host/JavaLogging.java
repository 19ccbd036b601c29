package io.dioptra.worker.jvm.host;

import ch.qos.logback.classic.Level;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Hands on what {@code System.Logger} and {@code java.util.logging} are told. */
final class JavaLogging extends Handler {
  private final Logger root = LogManager.getLogManager().getLogger("");
  private final SimpleFormatter format = new SimpleFormatter();

  void install() {
    for (Handler each : root.getHandlers()) {
      root.removeHandler(each);
    }
    root.addHandler(this);
  }

  void level(Level level) {
    root.setLevel(
        switch (level.toInt()) {
          case Level.ERROR_INT -> java.util.logging.Level.SEVERE;
          case Level.WARN_INT -> java.util.logging.Level.WARNING;
          case Level.INFO_INT -> java.util.logging.Level.INFO;
          default -> java.util.logging.Level.FINE;
        });
  }

  @Override
  public void publish(LogRecord event) {
    org.slf4j.Logger logger = LoggerFactory.getLogger(String.valueOf(event.getLoggerName()));
    LoggingEventBuilder builder = logger.atLevel(level(event.getLevel().intValue()));
    if (event.getThrown() != null) {
      builder = builder.setCause(event.getThrown());
    }
    builder.log(format.formatMessage(event));
  }

  private static org.slf4j.event.Level level(int value) {
    if (value >= java.util.logging.Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    }
    if (value >= java.util.logging.Level.WARNING.intValue()) {
      return org.slf4j.event.Level.WARN;
    }
    return value >= java.util.logging.Level.INFO.intValue()
        ? org.slf4j.event.Level.INFO
        : org.slf4j.event.Level.DEBUG;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
