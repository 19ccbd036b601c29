package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.ArtifactEntry;
import io.dioptra.worker.local.Resources.EntrypointEntry;
import io.dioptra.worker.local.Resources.FunctionEntry;
import io.dioptra.worker.local.Resources.InputEntry;
import io.dioptra.worker.local.Resources.ParameterEntry;
import io.dioptra.worker.local.Resources.ParameterTypeEntry;
import io.dioptra.worker.local.Resources.PluginEntry;
import io.dioptra.worker.local.Resources.Variable;
import io.dioptra.worker.source.Document;
import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.source.TomlReader;
import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads a {@code dioptra.toml} and tells what Dioptra's import of resources would refuse. */
final class ResourceReader {
  private static final Set<String> BUILT_IN =
      Set.of("any", "string", "integer", "number", "boolean", "null");

  private final Path file;
  private final Consumer<Finding> findings;
  private final Set<String> knownTypes = new HashSet<>(BUILT_IN);

  ResourceReader(Path file, Consumer<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  Resources read() throws SourceException {
    Document document = TomlReader.read(file);
    Value.Members members = (Value.Members) document.root();
    Table root = new Table(file, members.values(), document.spot(), findings);
    List<ParameterTypeEntry> types =
        unique(root.tables("plugin_param_types"), "type", this::type, ParameterTypeEntry::name);
    types.forEach(type -> knownTypes.add(type.name()));
    List<PluginEntry> plugins =
        unique(root.tables("plugins"), "plugin", this::plugin, PluginEntry::name);
    List<EntrypointEntry> entrypoints =
        unique(root.tables("entrypoints"), "entrypoint", this::entrypoint, EntrypointEntry::name);
    return new Resources(file, types, plugins, entrypoints);
  }

  private static <T> List<T> unique(
      List<Table> tables, String what, Function<Table, T> reader, Function<T, String> nameOf) {
    List<T> read = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Table table : tables) {
      T entry = reader.apply(table);
      String name = nameOf.apply(entry);
      if (names.add(name)) {
        read.add(entry);
      } else {
        table.wrong(table.spot().at(), "the %s \"%s\" is declared twice".formatted(what, name));
      }
    }
    return read;
  }

  private ParameterTypeEntry type(Table table) {
    table.knowing("name", "description", "structure");
    String name = table.text("name");
    if (BUILT_IN.contains(name)) {
      table.wrong(table.spot().at(), "the type \"%s\" is built in".formatted(name));
    }
    return new ParameterTypeEntry(
        name, table.value("structure").orElse(new Value.Null()), table.spot());
  }

  private PluginEntry plugin(Table table) {
    table.knowing("path", "description", "tasks");
    String path = table.text("path");
    Path folder = beside(path);
    String name = stem(folder);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.equals("_")) {
      table.wrong(table.spot().at(), "\"%s\" is no name of a Python package".formatted(name));
    }
    if (!Files.isDirectory(folder)) {
      table.wrong(table.spotOf("path").at(), "there is no folder " + folder);
    }
    Table tasks = table.table("tasks");
    List<FunctionEntry> functions =
        unique(tasks.tables("functions"), "task", it -> function(it), FunctionEntry::name);
    List<ArtifactEntry> artifacts =
        unique(tasks.tables("artifacts"), "task", it -> artifact(it), ArtifactEntry::name);
    return new PluginEntry(
        name,
        folder,
        functions.stream().filter(it -> isThere(folder, it.file(), it.name(), table)).toList(),
        artifacts.stream().filter(it -> isThere(folder, it.file(), it.name(), table)).toList());
  }

  /** Dioptra's import leaves tasks out whose file is not there, and says nothing. */
  private static boolean isThere(Path folder, String name, String task, Table plugin) {
    boolean there = Files.isRegularFile(folder.resolve(name));
    if (!there && Files.isDirectory(folder)) {
      plugin.odd(
          plugin.spot().at(),
          "the task \"%s\" is left out: there is no file %s".formatted(task, folder.resolve(name)));
    }
    return there;
  }

  private FunctionEntry function(Table table) {
    table.knowing("filename", "name", "input_params", "output_params");
    return new FunctionEntry(
        table.text("filename"),
        table.text("name"),
        variables(table, "input_params", true),
        variables(table, "output_params", false),
        table.spot());
  }

  private ArtifactEntry artifact(Table table) {
    table.knowing("filename", "name", "output_params");
    return new ArtifactEntry(
        table.text("filename"), table.text("name"), variables(table, "output_params", false));
  }

  private List<Variable> variables(Table task, String member, boolean input) {
    if (task.value(member).isEmpty()) {
      task.wrong(task.spot().at(), "\"%s\" is missing here".formatted(member));
    }
    return unique(task.tables(member), "parameter", it -> variable(it, input), Variable::name);
  }

  private Variable variable(Table table, boolean input) {
    if (input) {
      table.knowing("name", "type", "required");
    } else {
      table.knowing("name", "type");
    }
    String type = table.text("type");
    if (!knownTypes.contains(type)) {
      table.wrong(
          table.spotOf("type").at(),
          "the type \"%s\" is neither declared nor built in".formatted(type));
    }
    return new Variable(table.text("name"), type, input && table.flag("required"));
  }

  private EntrypointEntry entrypoint(Table table) {
    table.knowing(
        "path", "name", "description", "params", "plugins", "artifact_params", "artifact_plugins");
    return new EntrypointEntry(
        table.text("name"),
        beside(table.text("path")),
        unique(table.tables("params"), "parameter", this::parameter, ParameterEntry::name),
        declared(table, "plugins"),
        unique(table.tables("artifact_params"), "input", this::input, InputEntry::name),
        declared(table, "artifact_plugins"),
        table.spot().at());
  }

  private List<String> declared(Table entrypoint, String member) {
    return entrypoint.texts(member).stream().map(Table.Named::text).distinct().toList();
  }

  private InputEntry input(Table table) {
    table.knowing("name", "output_params");
    return new InputEntry(
        table.text("name"), variables(table, "output_params", false), table.spot());
  }

  private ParameterEntry parameter(Table table) {
    table.knowing("name", "type", "default_value");
    String word = table.text("type");
    Optional<ParameterType> type = ParameterType.of(word);
    if (type.isEmpty()) {
      table.wrong(
          table.spotOf("type").at(),
          "the type \"%s\" is none of string, boolean, integer, float, list, mapping"
              .formatted(word));
    }
    ParameterType known = type.orElse(ParameterType.STRING);
    return new ParameterEntry(table.text("name"), known, standard(table, known), table.spot());
  }

  /** Dioptra keeps defaults as texts; a number, it writes as Python does. */
  private static Optional<Value> standard(Table table, ParameterType type) {
    Optional<Value> written = table.value("default_value");
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<Value> value =
        switch (written.get()) {
          case Value.Text(String text) -> type.value(text);
          case Value.Int _, Value.Real _
              when type == ParameterType.INTEGER || type == ParameterType.FLOAT ->
              type.value(PythonText.str(written.get()));
          default -> Optional.empty();
        };
    if (value.isEmpty()) {
      table.wrong(
          table.spotOf("default_value").at(),
          "the default of \"%s\" has to be a text that stands for a value of type %s"
              .formatted(table.text("name"), type.word()));
    }
    return value;
  }

  private Path beside(String path) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? Path.of(path) : folder.resolve(path).normalize();
  }

  private static String stem(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
