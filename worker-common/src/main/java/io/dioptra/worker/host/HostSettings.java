package io.dioptra.worker.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How task hosts are started.
 *
 * @param python the interpreter whose environment runs the tasks
 * @param source the folder that holds the task host's package, where the interpreter's environment
 *     does not bring it
 * @param preload the modules that the template imports; those that are missing are reported, not
 *     refused
 * @param environment the environment of the template and so of every host, and nothing else
 * @param templateWait how long the template may import
 * @param startWait how long one host may take from the fork to its first word
 */
public record HostSettings(
    Path python,
    Optional<Path> source,
    List<String> preload,
    Map<String, String> environment,
    Duration templateWait,
    Duration startWait) {
  public HostSettings {
    preload = List.copyOf(preload);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
