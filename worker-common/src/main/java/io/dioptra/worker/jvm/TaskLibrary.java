package io.dioptra.worker.jvm;

import java.util.List;

/**
 * Tasks that belong together: in Dioptra one plugin. Found by {@link java.util.ServiceLoader}, so a
 * jar names its libraries in {@code META-INF/services/io.dioptra.worker.jvm.TaskLibrary}.
 */
public interface TaskLibrary {
  /** The name of the plugin in Dioptra: a Python identifier, unique among the libraries. */
  String name();

  /** What the tasks are for, in a sentence. */
  String description();

  /** The classes whose static methods with {@link Task} are the tasks, in the order of listing. */
  default List<Class<?>> classes() {
    return List.of(getClass());
  }
}
