package io.dioptra.worker.jvm.plugin;

import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.catalog.Library;
import io.dioptra.worker.jvm.catalog.TaskInput;
import io.dioptra.worker.jvm.catalog.TaskMethod;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.StringNode;

/** What Dioptra's resource import takes: parameter types, and plugins with their tasks. */
record ImportFile(List<Library> libraries) {
  /** How it begins. */
  static final String MARK = "# Written by dioptra-worker-v1 tasks.";

  /** Where a plugin lies, beside this file. */
  static final String PLUGINS = "plugins/";

  private static final Set<String> BUILT_IN =
      Set.of("any", "string", "integer", "number", "boolean", "null");

  ImportFile {
    libraries = List.copyOf(libraries);
  }

  String text() {
    StringBuilder text = new StringBuilder(MARK).append(" Paths are relative to this file.\n");
    types().forEach((name, description) -> append(name, description, text));
    libraries.forEach(it -> append(it, text));
    return text.toString();
  }

  /** All types that are not Dioptra's own, with their descriptions, the first one of each. */
  private NavigableMap<String, String> types() {
    NavigableMap<String, String> types = new TreeMap<>();
    libraries.forEach(library -> library.types().forEach(types::putIfAbsent));
    for (Library library : libraries) {
      for (TaskMethod task : library.tasks()) {
        task.inputs().forEach(it -> types.putIfAbsent(it.input().type(), ""));
        task.outputs().forEach(it -> types.putIfAbsent(it.type(), ""));
      }
    }
    types.keySet().removeAll(BUILT_IN);
    return types;
  }

  private static void append(String type, String description, StringBuilder text) {
    text.append("\n[[plugin_param_types]]\nname = ").append(quoted(type)).append('\n');
    if (!description.isEmpty()) {
      text.append("description = ").append(quoted(description)).append('\n');
    }
  }

  private static void append(Library library, StringBuilder text) {
    text.append("\n[[plugins]]\npath = ")
        .append(quoted(PLUGINS + library.name()))
        .append("\ndescription = ")
        .append(quoted(library.description()))
        .append('\n');
    for (TaskMethod task : library.tasks()) {
      text.append("\n  [[plugins.tasks.functions]]\n  filename = ")
          .append(quoted(PluginModule.FILE))
          .append("\n  name = ")
          .append(quoted(task.shortName()))
          .append("\n  input_params = [\n");
      task.inputs().forEach(it -> append(it, text));
      text.append("  ]\n  output_params = [\n");
      task.outputs().forEach(it -> append(it, text));
      text.append("  ]\n");
    }
  }

  private static void append(TaskInput input, StringBuilder text) {
    text.append(
        "    { name = %s, type = %s, required = %s },\n"
            .formatted(quoted(input.name()), quoted(input.input().type()), input.isRequired()));
  }

  private static void append(Output output, StringBuilder text) {
    text.append(
        "    { name = %s, type = %s },\n".formatted(quoted(output.name()), quoted(output.type())));
  }

  /** Every text of JSON is one of TOML. */
  private static String quoted(String text) {
    return StringNode.valueOf(text.strip().replaceAll("\\s+", " ")).toString();
  }
}
