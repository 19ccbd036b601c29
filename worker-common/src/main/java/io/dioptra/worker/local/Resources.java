package io.dioptra.worker.local;

import io.dioptra.worker.source.Position;
import io.dioptra.worker.source.Spot;
import io.dioptra.worker.task.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code dioptra.toml} declares. Its names are unique, as Dioptra's import wants it.
 *
 * @param file the file itself
 */
record Resources(
    Path file,
    List<ParameterTypeEntry> types,
    List<PluginEntry> plugins,
    List<EntrypointEntry> entrypoints) {

  Resources {
    types = List.copyOf(types);
    plugins = List.copyOf(plugins);
    entrypoints = List.copyOf(entrypoints);
  }

  Optional<PluginEntry> plugin(String name) {
    return plugins.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** A type of values between tasks; {@link Value.Null} for one without a structure. */
  record ParameterTypeEntry(String name, Value structure, Spot spot) {}

  /** An input or output of a task. */
  record Variable(String name, String type, boolean required) {}

  /** A function that steps call. */
  record FunctionEntry(
      String file, String name, List<Variable> inputs, List<Variable> outputs, Spot spot) {}

  /** A class that writes and reads artifacts. */
  record ArtifactEntry(String file, String name, List<Variable> outputs) {}

  /** A folder of Python files. */
  record PluginEntry(
      String name, Path folder, List<FunctionEntry> functions, List<ArtifactEntry> artifacts) {}

  /** A parameter of jobs. */
  record ParameterEntry(String name, ParameterType type, Optional<Value> standard, Spot spot) {}

  /** An artifact that jobs are given. */
  record InputEntry(String name, List<Variable> outputs, Spot spot) {}

  /** A graph with its parameters, and the plugins that it may use. */
  record EntrypointEntry(
      String name,
      Path file,
      List<ParameterEntry> parameters,
      List<String> plugins,
      List<InputEntry> inputs,
      List<String> artifactPlugins,
      Position at) {}
}
