package io.dioptra.worker.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Python that runs the tasks.
 *
 * @param interpreter whose environment runs the tasks
 * @param taskHost the folder of the task host's package, where the environment does not bring it
 * @param preload the modules imported ahead of the jobs
 * @param learnsPreload whether more of them are learned from the jobs
 * @param template how long what was imported is kept
 * @param environment all that job code may see of the worker's environment
 */
public record PythonSettings(
    Path interpreter,
    Optional<Path> taskHost,
    List<String> preload,
    boolean learnsPreload,
    TemplateSettings template,
    Map<String, String> environment) {
  public PythonSettings {
    preload = List.copyOf(preload);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Without the environment, whose values may be secret. */
  @Override
  public String toString() {
    return "PythonSettings[" + interpreter + ", preload " + preload + "]";
  }
}
