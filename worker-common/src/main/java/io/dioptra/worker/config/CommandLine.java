package io.dioptra.worker.config;

import java.util.List;
import java.util.Optional;

/**
 * What was said on the command line; it wins over the environment.
 *
 * @param preload {@code auto} for what the environment declares and what is learned, {@code none},
 *     or module names separated by commas
 * @param template how long what is preloaded is kept
 * @param logLevel as Python names it
 */
public record CommandLine(
    List<String> queues,
    Optional<String> redisUrl,
    RqSettings rq,
    WorkSettings work,
    JobSettings job,
    String preload,
    TemplateSettings template,
    Optional<String> logLevel) {
  /** Nothing said. */
  public static final CommandLine EMPTY =
      new CommandLine(
          List.of(),
          Optional.empty(),
          RqSettings.DEFAULT,
          WorkSettings.DEFAULT,
          JobSettings.DEFAULT,
          "auto",
          TemplateSettings.DEFAULT,
          Optional.empty());

  public CommandLine {
    queues = List.copyOf(queues);
  }
}
