package io.dioptra.worker.config;

import java.util.List;

/**
 * What a kind of worker brings: a name, the queue it serves where none is named, and the Python
 * modules that its jobs are likely to import.
 *
 * @param name the name of the Python environment
 * @param defaultQueue where the image does not give its name either
 */
public record WorkerEnvironment(String name, String defaultQueue, List<String> preload) {
  public WorkerEnvironment {
    preload = List.copyOf(preload);
  }
}
