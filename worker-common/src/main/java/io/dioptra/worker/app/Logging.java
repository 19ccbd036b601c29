package io.dioptra.worker.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Sets up the worker's own log as the environment asks; {@link LogToStdout} serves until then. */
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
    if (json) {
      LogToStdout.write(root, new JsonLines());
    }
  }
}
