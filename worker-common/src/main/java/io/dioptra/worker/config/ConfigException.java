package io.dioptra.worker.config;

import java.util.List;

/** Settings that are missing or wrong, all of them at once, in words for the operator. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigException(List<String> problems) {
    super(
        "Cannot start: %d %s wrong.\n  %s"
            .formatted(
                problems.size(),
                problems.size() == 1 ? "setting is" : "settings are",
                String.join("\n  ", problems)));
  }
}
