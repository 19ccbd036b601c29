package io.dioptra.worker.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.slf4j.LoggerFactory;

/** Sets up the worker's own log as the environment asks; {@code logback.xml} serves until then. */
final class Logging {
  private Logging() {}

  /**
   * Applies the settings.
   *
   * @param level as Python names it
   * @param json whether each line is a JSON object
   */
  static void configure(String level, boolean json) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.equals("WARNING") ? Level.WARN : Level.toLevel(level, Level.INFO));
    Appender<ILoggingEvent> stdout = root.getAppender("stdout");
    if (json && stdout instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonLines lines = new JsonLines();
      lines.setContext(root.getLoggerContext());
      lines.start();
      LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
      encoder.setContext(root.getLoggerContext());
      encoder.setLayout(lines);
      encoder.start();
      console.setEncoder(encoder);
    }
  }
}
