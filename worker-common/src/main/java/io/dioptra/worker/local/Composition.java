package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.EntrypointEntry;
import io.dioptra.worker.local.Resources.FunctionEntry;
import io.dioptra.worker.local.Resources.InputEntry;
import io.dioptra.worker.local.Resources.ParameterEntry;
import io.dioptra.worker.local.Resources.ParameterTypeEntry;
import io.dioptra.worker.local.Resources.PluginEntry;
import io.dioptra.worker.local.Resources.Variable;
import io.dioptra.worker.source.Document;
import io.dioptra.worker.source.Spot;
import io.dioptra.worker.task.Value;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts an entrypoint, its plugins and types together to the configuration that Dioptra's API would
 * hand to a worker, swaps with all their choices.
 */
final class Composition {
  private final Resources resources;
  private final EntrypointEntry entrypoint;
  private final Consumer<Finding> findings;
  private final Spots spots;
  private final SequencedMap<String, Value> tasks = new LinkedHashMap<>();
  private final Map<String, String> pluginOfTask = new LinkedHashMap<>();
  private final SequencedMap<String, ParameterTypeEntry> types = new LinkedHashMap<>();

  Composition(
      Resources resources, EntrypointEntry entrypoint, Spots spots, Consumer<Finding> findings) {
    this.resources = resources;
    this.entrypoint = entrypoint;
    this.spots = spots;
    this.findings = findings;
  }

  /**
   * @param document the entrypoint's own file
   */
  Value.Members compose(Document document) {
    List<PluginEntry> plugins = declared(entrypoint.plugins());
    declared(entrypoint.artifactPlugins());
    plugins.forEach(this::addTasks);
    if (!tasks.isEmpty()) {
      resources.types().forEach(type -> types.putIfAbsent(type.name(), type));
    }
    entrypoint.inputs().forEach(input -> addTypes(input.outputs()));

    SequencedMap<String, Value> configuration = new LinkedHashMap<>();
    SequencedMap<String, Value> structures = new LinkedHashMap<>();
    types.forEach((name, type) -> structures.put(name, type.structure()));
    configuration.put("types", new Value.Members(structures));
    configuration.put("parameters", parameters());
    configuration.put("tasks", new Value.Members(tasks));
    section(document, "graph", "graph", new Value.Null(), configuration);
    section(document, "artifacts", "artifact_outputs", Value.Members.none(), configuration);
    configuration.put("artifact_inputs", inputs());
    return new Value.Members(configuration);
  }

  private List<PluginEntry> declared(List<String> names) {
    List<String> unknown = names.stream().filter(it -> resources.plugin(it).isEmpty()).toList();
    unknown.forEach(
        name ->
            findings.accept(
                new Finding(
                    resources.file(),
                    Optional.of(entrypoint.at()),
                    "import",
                    true,
                    "the entrypoint \"%s\" uses the plugin \"%s\", which is not declared"
                        .formatted(entrypoint.name(), name))));
    return names.stream().flatMap(name -> resources.plugin(name).stream()).toList();
  }

  private void section(
      Document document,
      String written,
      String section,
      Value absent,
      SequencedMap<String, Value> configuration) {
    Value value = ((Value.Members) document.root()).values().get(written);
    configuration.put(section, value == null || isNothing(value) ? absent : value);
    Spot spot = document.spot().find(List.of(written)).orElse(document.spot());
    spots.put(List.of(section), spots.main(), spot);
  }

  /** What Python takes for false, Dioptra's import takes for absent. */
  private static boolean isNothing(Value value) {
    return switch (value) {
      case Value.Null _ -> true;
      case Value.Bool(boolean flag) -> !flag;
      case Value.Int(var number) -> number.signum() == 0;
      case Value.Real(double number) -> number == 0;
      case Value.Text(String text) -> text.isEmpty();
      case Value.Items(var items) -> items.isEmpty();
      case Value.Members(var members) -> members.isEmpty();
      case Value.Reference _ -> false;
    };
  }

  private void addTasks(PluginEntry plugin) {
    plugin.functions().stream()
        .sorted(Comparator.comparing(FunctionEntry::file))
        .forEach(function -> addTask(plugin, function));
  }

  private void addTask(PluginEntry plugin, FunctionEntry function) {
    String other = pluginOfTask.put(function.name(), plugin.name());
    if (other != null) {
      findings.accept(
          new Finding(
              resources.file(),
              Optional.of(function.spot().at()),
              "import",
              false,
              "both plugins \"%s\" and \"%s\" have a task \"%s\"; steps find one of them only"
                  .formatted(other, plugin.name(), function.name())));
    }
    SequencedMap<String, Value> task = new LinkedHashMap<>();
    task.put("plugin", new Value.Text(pluginId(plugin, function)));
    if (!function.inputs().isEmpty()) {
      task.put("inputs", new Value.Items(function.inputs().stream().map(this::input).toList()));
    }
    if (!function.outputs().isEmpty()) {
      task.put("outputs", outputs(function.outputs()));
    }
    tasks.put(function.name(), new Value.Members(task));
    put("tasks", function.name(), function.spot());
    addTypes(function.inputs());
    addTypes(function.outputs());
  }

  private static String pluginId(PluginEntry plugin, FunctionEntry function) {
    Path file = Path.of(function.file());
    Stream<String> modules =
        function.file().equals("__init__.py")
            ? Stream.empty()
            : Stream.iterate(0, i -> i < file.getNameCount(), i -> i + 1)
                .map(i -> file.getName(i).toString())
                .map(part -> part.endsWith(".py") ? part.substring(0, part.length() - 3) : part);
    return Stream.of(Stream.of(plugin.name()), modules, Stream.of(function.name()))
        .flatMap(it -> it)
        .reduce((left, right) -> left + "." + right)
        .orElseThrow();
  }

  private void addTypes(Collection<Variable> variables) {
    for (Variable variable : variables) {
      resources.types().stream()
          .filter(type -> type.name().equals(variable.type()))
          .forEach(
              type -> {
                types.putIfAbsent(type.name(), type);
                put("types", type.name(), type.spot());
              });
    }
  }

  private Value input(Variable variable) {
    SequencedMap<String, Value> input = new LinkedHashMap<>();
    input.put("name", new Value.Text(variable.name()));
    input.put("type", new Value.Text(variable.type()));
    input.put("required", new Value.Bool(variable.required()));
    return new Value.Members(input);
  }

  private static Value outputs(List<Variable> variables) {
    List<Value> outputs = variables.stream().<Value>map(Composition::output).toList();
    return outputs.size() == 1 ? outputs.getFirst() : new Value.Items(outputs);
  }

  private static Value.Members output(Variable variable) {
    SequencedMap<String, Value> output = new LinkedHashMap<>();
    output.put(variable.name(), new Value.Text(variable.type()));
    return new Value.Members(output);
  }

  private Value parameters() {
    SequencedMap<String, Value> parameters = new LinkedHashMap<>();
    for (ParameterEntry entry : entrypoint.parameters()) {
      SequencedMap<String, Value> parameter = new LinkedHashMap<>();
      entry.standard().ifPresent(standard -> parameter.put("default", standard));
      entry.type().engineType().ifPresent(type -> parameter.put("type", new Value.Text(type)));
      parameters.put(entry.name(), new Value.Members(parameter));
      put("parameters", entry.name(), entry.spot());
    }
    return new Value.Members(parameters);
  }

  private Value inputs() {
    SequencedMap<String, Value> inputs = new LinkedHashMap<>();
    for (InputEntry entry : entrypoint.inputs()) {
      inputs.put(entry.name(), outputs(entry.outputs()));
      put("artifact_inputs", entry.name(), entry.spot());
    }
    return new Value.Members(inputs);
  }

  private void put(String section, String name, Spot spot) {
    spots.put(List.of(section, name), resources.file(), spot);
  }
}
