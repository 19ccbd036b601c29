package io.dioptra.worker.task;

import java.util.List;

/**
 * A file of an artifact plugin.
 *
 * @param plugin the plugin's name, which is its Python package
 * @param file the file's name, with folders and extension
 * @param tasks the classes in it that are registered as artifact tasks
 */
public record ArtifactModule(String plugin, String file, List<String> tasks) {
  public ArtifactModule {
    tasks = List.copyOf(tasks);
  }
}
