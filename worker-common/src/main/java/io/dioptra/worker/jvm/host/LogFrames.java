package io.dioptra.worker.jvm.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.dioptra.worker.frame.FrameChannel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** Sends what tasks log, through SLF4J or Java's own loggers, to the job's log. */
final class LogFrames extends AppenderBase<ILoggingEvent> {
  private final FrameChannel channel;
  private final ch.qos.logback.classic.Logger root;
  private final JavaLogging java = new JavaLogging();

  LogFrames(FrameChannel channel) {
    this.channel = channel;
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    setContext(context);
    start();
    root.detachAndStopAllAppenders();
    root.addAppender(this);
    java.install();
  }

  /** Sets the lowest severity that is passed on, as Python names it. */
  void level(String python) {
    Level level =
        switch (python) {
          case "WARNING" -> Level.WARN;
          case "CRITICAL" -> Level.ERROR;
          default -> Level.toLevel(python, Level.INFO);
        };
    root.setLevel(level);
    java.level(level);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String details =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()).strip();
    try {
      channel.write(
          JsonNodeFactory.instance
              .objectNode()
              .put("type", "log")
              .put("time", event.getTimeStamp() / 1e3)
              .put("severity", severity(event.getLevel()))
              .put("logger", event.getLoggerName())
              .put("event", event.getFormattedMessage())
              .put("fields", "")
              .put("details", details));
    } catch (IOException e) {
      addError("the worker is gone", e);
    }
  }

  private static String severity(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "ERROR";
      case Level.WARN_INT -> "WARNING";
      case Level.INFO_INT -> "INFO";
      default -> "DEBUG";
    };
  }
}
