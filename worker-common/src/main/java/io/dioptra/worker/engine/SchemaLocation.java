package io.dioptra.worker.engine;

import java.util.List;
import java.util.stream.Collectors;

/** Words for a place in a configuration. */
final class SchemaLocation {
  private SchemaLocation() {}

  /** Takes the names and indexes that lead to the place. */
  static String of(List<?> path) {
    if (path.isEmpty()) {
      return "root level of experiment description";
    }
    boolean section = path.size() == 1;
    return switch (String.valueOf(path.getFirst())) {
      case "types" -> section ? "types section" : type(path);
      case "parameters" ->
          section ? "global parameters section" : "parameter \"%s\"".formatted(path.get(1));
      case "tasks" -> section ? "tasks section" : task(path);
      case "graph" -> section ? "graph section" : step(path);
      default -> "experiment description location " + pointer(path);
    };
  }

  private static String type(List<?> path) {
    String type = "definition of type \"%s\"".formatted(path.get(1));
    return path.size() == 2 ? type : type + " at location " + pointer(path.subList(2, path.size()));
  }

  private static String task(List<?> path) {
    String part =
        path.size() == 2
            ? ""
            : switch (String.valueOf(path.get(2))) {
              case "outputs" -> " outputs";
              case "inputs" -> " inputs";
              case "plugin" -> " plugin ID";
              default -> "";
            };
    return "task plugin \"%s\"%s".formatted(path.get(1), part);
  }

  private static String step(List<?> path) {
    boolean dependencies = path.size() > 2 && path.get(2).equals("dependencies");
    return "step \"%s\"%s".formatted(path.get(1), dependencies ? " dependencies" : "");
  }

  private static String pointer(List<?> path) {
    return path.stream().map(part -> "/" + part).collect(Collectors.joining());
  }
}
