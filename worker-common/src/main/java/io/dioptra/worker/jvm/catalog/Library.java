package io.dioptra.worker.jvm.catalog;

import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskLibrary;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A library of tasks, its annotations read and checked.
 *
 * @param types the types of its own, with their descriptions
 * @param origin the jar or the folder it is in
 */
public record Library(
    String name,
    String description,
    SequencedMap<String, String> types,
    String origin,
    List<TaskMethod> tasks) {
  public Library {
    types = Collections.unmodifiableSequencedMap(new TreeMap<>(types));
    tasks = List.copyOf(tasks);
  }

  static Library of(TaskLibrary library) {
    String name = Names.checked("the library", library.name());
    List<TaskMethod> tasks = new ArrayList<>();
    for (Class<?> each : library.classes()) {
      Arrays.stream(each.getDeclaredMethods())
          .filter(it -> it.isAnnotationPresent(Task.class))
          .map(it -> TaskMethod.of(name, it))
          .sorted(Comparator.comparing(TaskMethod::name))
          .forEach(it -> add(tasks, it));
    }
    return new Library(
        name,
        library.description(),
        new TreeMap<>(Map.copyOf(library.types())),
        origin(library.getClass()),
        tasks);
  }

  private static void add(List<TaskMethod> tasks, TaskMethod task) {
    if (tasks.stream().anyMatch(it -> it.name().equals(task.name()))) {
      throw new IllegalArgumentException("the task \"" + task.name() + "\" is there twice");
    }
    tasks.add(task);
  }

  private static String origin(Class<?> library) {
    CodeSource source = library.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? ""
        : Path.of(source.getLocation().getPath()).toString();
  }
}
