package io.dioptra.worker.jvm;

import java.util.List;
import java.util.Map;

/**
 * Tasks that belong together: in Dioptra one plugin. Found by {@link java.util.ServiceLoader}, so a
 * jar names its libraries in {@code META-INF/services/io.dioptra.worker.jvm.TaskLibrary}.
 */
public interface TaskLibrary {
  /** The name of the plugin in Dioptra: a Python identifier, unique among the libraries. */
  String name();

  /** What the tasks are for, in a sentence. */
  String description();

  /**
   * The types that inputs and outputs name and that are not Dioptra's own, with a description each.
   * One that is not here is made without.
   */
  default Map<String, String> types() {
    return Map.of();
  }

  /** The classes whose static methods with {@link Task} are the tasks, in the order of listing. */
  default List<Class<?>> classes() {
    return List.of(getClass());
  }
}
