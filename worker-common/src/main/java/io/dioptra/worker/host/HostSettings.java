package io.dioptra.worker.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How task hosts are started.
 *
 * @param python the interpreter whose environment runs the tasks
 * @param source the folder that holds the task host's package, where the interpreter's environment
 *     does not bring it
 * @param preload what the template imports
 * @param life when a template is replaced or let go
 * @param environment the environment of the template and so of every host, and nothing else
 * @param templateWait how long the template may import
 * @param startWait how long one host may take from the fork to its first word
 */
public record HostSettings(
    Path python,
    Optional<Path> source,
    PreloadSettings preload,
    TemplateLife life,
    Map<String, String> environment,
    Duration templateWait,
    Duration startWait) {
  public HostSettings {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
