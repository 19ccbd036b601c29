package io.dioptra.worker.jvm.catalog;

import io.dioptra.worker.jvm.TaskLibrary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The libraries that this thread finds, and their tasks. */
public final class Catalog {
  private final List<Library> libraries;
  private final Map<String, TaskMethod> tasks = new HashMap<>();

  private Catalog(List<Library> libraries) {
    this.libraries = List.copyOf(libraries);
    for (Library library : libraries) {
      library.tasks().forEach(it -> tasks.put(it.name(), it));
    }
  }

  /**
   * Looks for libraries. One that is broken is left out.
   *
   * @param problems told of each that is left out, in a sentence
   */
  public static Catalog load(Consumer<String> problems) {
    List<TaskLibrary> found = new ArrayList<>();
    Iterator<TaskLibrary> each = ServiceLoader.load(TaskLibrary.class).iterator();
    while (hasNext(each, problems)) {
      try {
        found.add(each.next());
      } catch (ServiceConfigurationError e) {
        problems.accept(leftOut(e));
      }
    }
    return of(found, problems);
  }

  private static boolean hasNext(Iterator<TaskLibrary> found, Consumer<String> problems) {
    while (true) {
      try {
        return found.hasNext();
      } catch (ServiceConfigurationError e) {
        problems.accept(leftOut(e));
      }
    }
  }

  private static String leftOut(ServiceConfigurationError e) {
    String cause = e.getCause() == null ? "" : ": " + e.getCause();
    return "A library of JVM tasks is left out: " + e.getMessage() + cause;
  }

  static Catalog of(List<TaskLibrary> found, Consumer<String> problems) {
    Map<String, Class<?>> names = new HashMap<>();
    List<Library> libraries = new ArrayList<>();
    for (TaskLibrary each : found) {
      try {
        Library library = Library.of(each);
        Class<?> first = names.putIfAbsent(library.name(), each.getClass());
        if (first != null) {
          throw new IllegalArgumentException(
              "\"" + library.name() + "\" is the name of " + first.getName() + " already");
        }
        libraries.add(library);
      } catch (RuntimeException | LinkageError e) {
        problems.accept(
            "The library %s of JVM tasks is left out: %s"
                .formatted(
                    each.getClass().getName(),
                    e instanceof IllegalArgumentException ? e.getMessage() : e.toString()));
      }
    }
    return new Catalog(libraries);
  }

  /** In the order of the jars. */
  public List<Library> libraries() {
    return libraries;
  }

  /**
   * Finds a task.
   *
   * @param name {@code library.task}
   * @throws NoSuchTaskException if no library has it
   */
  public TaskMethod task(String name) throws NoSuchTaskException {
    TaskMethod task = tasks.get(name);
    if (task == null) {
      throw new NoSuchTaskException(
          name,
          libraries.stream().flatMap(it -> it.tasks().stream()).map(TaskMethod::name).toList());
    }
    return task;
  }
}
