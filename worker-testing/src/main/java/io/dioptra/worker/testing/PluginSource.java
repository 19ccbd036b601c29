package io.dioptra.worker.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin of one file, to be created with {@link DioptraClient#createPlugin}: its Python text and
 * the tasks in it, with the types of their parameters by name ({@code string}, {@code any} …).
 */
public final class PluginSource {
  private final String name;
  private final String fileName;
  private final String python;
  private final List<Task> functions = new ArrayList<>();
  private final List<Task> artifacts = new ArrayList<>();

  private PluginSource(String name, String fileName, String python) {
    this.name = name;
    this.fileName = fileName;
    this.python = python;
  }

  /**
   * A plugin without tasks.
   *
   * @param name a Python identifier
   * @param fileName ends with {@code .py}
   */
  public static PluginSource of(String name, String fileName, String python) {
    return new PluginSource(name, fileName, python);
  }

  /** The same plugin with another text and, for now, no tasks: what a later snapshot may be. */
  public PluginSource changed(String from, String to) {
    return new PluginSource(name, fileName, python.replace(from, to));
  }

  /**
   * A function of the file, with pairs of a name and a type for what it takes and what it gives:
   * {@code function("greet", List.of("name", "string"), List.of("greeting", "string"))}. All
   * parameters are required.
   */
  public PluginSource function(String function, List<String> takes, List<String> gives) {
    functions.add(new Task(function, pairs(takes), pairs(gives)));
    return this;
  }

  /** An artifact class of the file and what its {@code deserialize} gives, in pairs as above. */
  public PluginSource artifact(String type, List<String> gives) {
    artifacts.add(new Task(type, Map.of(), pairs(gives)));
    return this;
  }

  String name() {
    return name;
  }

  String fileName() {
    return fileName;
  }

  String python() {
    return python;
  }

  List<Task> functions() {
    return functions;
  }

  List<Task> artifacts() {
    return artifacts;
  }

  private static Map<String, String> pairs(List<String> flat) {
    if (flat.size() % 2 != 0) {
      throw new IllegalArgumentException("Pairs of a name and a type: " + flat);
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      pairs.put(flat.get(i), flat.get(i + 1));
    }
    return pairs;
  }

  /** A function or an artifact class: types of what it takes and what it gives, by name. */
  record Task(String name, Map<String, String> takes, Map<String, String> gives) {}
}
