package io.dioptra.worker.jvm.host;

import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskLibrary;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of all libraries on the class path, by {@code library.task}. */
record Catalog(SequencedMap<String, TaskMethod> tasks) {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  Catalog {
    tasks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tasks));
  }

  /** Looks for libraries. One that is broken is named in the log and left out. */
  static Catalog load() {
    List<TaskLibrary> libraries = new ArrayList<>();
    Iterator<TaskLibrary> found = ServiceLoader.load(TaskLibrary.class).iterator();
    while (hasNext(found)) {
      try {
        libraries.add(found.next());
      } catch (ServiceConfigurationError e) {
        LOG.error("A library of JVM tasks is left out: {}", e.getMessage());
      }
    }
    return of(libraries);
  }

  private static boolean hasNext(Iterator<TaskLibrary> found) {
    while (true) {
      try {
        return found.hasNext();
      } catch (ServiceConfigurationError e) {
        LOG.error("A library of JVM tasks is left out: {}", e.getMessage());
      }
    }
  }

  static Catalog of(List<TaskLibrary> libraries) {
    SequencedMap<String, TaskMethod> tasks = new LinkedHashMap<>();
    for (TaskLibrary library : libraries) {
      try {
        tasks(library).forEach((name, task) -> add(tasks, name, task));
      } catch (IllegalArgumentException | LinkageError e) {
        LOG.error("The library \"{}\" of JVM tasks is left out: {}", library.name(), e.toString());
      }
    }
    return new Catalog(tasks);
  }

  private static void add(Map<String, TaskMethod> tasks, String name, TaskMethod task) {
    TaskMethod first = tasks.putIfAbsent(name, task);
    if (first != null) {
      LOG.error("The task \"{}\" is there twice; {} is left out", name, task.method());
    }
  }

  private static SequencedMap<String, TaskMethod> tasks(TaskLibrary library) {
    SequencedMap<String, TaskMethod> tasks = new LinkedHashMap<>();
    for (Class<?> each : library.classes()) {
      Arrays.stream(each.getDeclaredMethods())
          .filter(it -> it.isAnnotationPresent(Task.class))
          .map(it -> task(library, it))
          .sorted(java.util.Comparator.comparing(TaskMethod::name))
          .forEach(it -> add(tasks, it.name(), it));
    }
    return tasks;
  }

  private static TaskMethod task(TaskLibrary library, Method method) {
    return TaskMethod.of(library.name(), method);
  }

  /**
   * Finds a task.
   *
   * @throws NoSuchTaskException if no library has it
   */
  TaskMethod task(String name) throws NoSuchTaskException {
    TaskMethod task = tasks.get(name);
    if (task == null) {
      throw new NoSuchTaskException(name, tasks.keySet());
    }
    return task;
  }
}
