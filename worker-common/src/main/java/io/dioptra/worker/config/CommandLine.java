package io.dioptra.worker.config;

import java.util.List;
import java.util.Optional;

/**
 * What was said on the command line; it wins over the environment.
 *
 * @param resultsTtl in seconds, as rq counts it: 0 keeps nothing, −1 keeps for ever
 * @param preload {@code auto} for what the environment declares, {@code none}, or module names
 *     separated by commas
 * @param jobCredentials {@code relay} or {@code worker}
 */
public record CommandLine(
    List<String> queues,
    Optional<String> redisUrl,
    Optional<Integer> resultsTtl,
    String preload,
    String jobCredentials) {
  public CommandLine {
    queues = List.copyOf(queues);
  }
}
