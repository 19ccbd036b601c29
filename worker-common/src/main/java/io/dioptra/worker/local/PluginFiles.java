package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.ArtifactEntry;
import io.dioptra.worker.local.Resources.PluginEntry;
import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of a subject's plugins. A run gets copies of their Python files, as a job gets them
 * from Dioptra: what else lies there, no job would find.
 */
final class PluginFiles {
  private static final Pattern CLASS =
      Pattern.compile("^class\\s+([A-Za-z_][A-Za-z0-9_]*)", Pattern.MULTILINE);

  private final SequencedMap<String, Path> tasks;
  private final SequencedMap<String, Path> artifacts;
  private final List<ArtifactModule> modules;

  private PluginFiles(
      SequencedMap<String, Path> tasks,
      SequencedMap<String, Path> artifacts,
      List<ArtifactModule> modules) {
    this.tasks = tasks;
    this.artifacts = artifacts;
    this.modules = modules;
  }

  /** Finds them, below the given folder or where they are declared. */
  static PluginFiles of(Subject subject, Optional<Path> folder)
      throws SourceException, IOException {
    return subject.origin().isPresent()
        ? declared(subject.origin().get(), folder)
        : named(
            subject.configuration(),
            folder.orElseThrow(
                () ->
                    new SourceException(
                        subject.file()
                            + ": a configuration does not say where its plugins are; --plugins"
                            + " names their folder")));
  }

  private static PluginFiles declared(Subject.Origin origin, Optional<Path> folder)
      throws SourceException, IOException {
    SequencedMap<String, Path> tasks = new LinkedHashMap<>();
    for (PluginEntry plugin : plugins(origin, origin.entrypoint().plugins())) {
      tasks.put(plugin.name(), place(plugin, folder));
    }
    SequencedMap<String, Path> artifacts = new LinkedHashMap<>();
    List<ArtifactModule> modules = new ArrayList<>();
    for (PluginEntry plugin : plugins(origin, origin.entrypoint().artifactPlugins())) {
      Path place = place(plugin, folder);
      artifacts.put(plugin.name(), place);
      for (Path file : pythonFiles(place)) {
        String name = place.relativize(file).toString();
        List<String> classes =
            plugin.artifacts().stream()
                .filter(it -> it.file().equals(name))
                .map(ArtifactEntry::name)
                .toList();
        modules.add(new ArtifactModule(plugin.name(), name, classes));
      }
    }
    return new PluginFiles(tasks, artifacts, modules);
  }

  private static List<PluginEntry> plugins(Subject.Origin origin, List<String> names) {
    return names.stream().flatMap(name -> origin.resources().plugin(name).stream()).toList();
  }

  private static Path place(PluginEntry plugin, Optional<Path> folder) throws SourceException {
    return existing(folder.map(it -> it.resolve(plugin.name())).orElse(plugin.folder()));
  }

  private static Path existing(Path folder) throws SourceException {
    if (!Files.isDirectory(folder)) {
      throw new SourceException(folder + ": there is no such folder of a plugin");
    }
    return folder;
  }

  /** A configuration names tasks with their plugins, and artifact tasks by their class alone. */
  private static PluginFiles named(Value.Members configuration, Path folder)
      throws SourceException, IOException {
    SequencedMap<String, Path> tasks = new LinkedHashMap<>();
    for (String plugin : pluginsOf(configuration)) {
      tasks.put(plugin, existing(folder.resolve(plugin)));
    }
    SequencedMap<String, Path> artifacts = new LinkedHashMap<>();
    List<ArtifactModule> modules = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>(ArtifactTasks.used(configuration));
    for (Path plugin : wanted.isEmpty() ? List.<Path>of() : folders(folder)) {
      for (Path file : pythonFiles(plugin)) {
        List<String> classes = classes(file).stream().filter(wanted::contains).toList();
        if (!classes.isEmpty()) {
          String name = plugin.getFileName().toString();
          artifacts.put(name, plugin);
          modules.add(new ArtifactModule(name, plugin.relativize(file).toString(), classes));
        }
      }
    }
    return new PluginFiles(tasks, artifacts, modules);
  }

  private static Set<String> pluginsOf(Value.Members configuration) {
    Set<String> plugins = new LinkedHashSet<>();
    if (configuration.values().get("tasks") instanceof Value.Members(var tasks)) {
      for (Value task : tasks.values()) {
        if (task instanceof Value.Members(var members)
            && members.get("plugin") instanceof Value.Text(String id)) {
          plugins.add(id.split("\\.", 2)[0]);
        }
      }
    }
    return plugins;
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<String> classes(Path file) throws IOException {
    Matcher found = CLASS.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    return found.results().map(it -> it.group(1)).toList();
  }

  private static List<Path> pythonFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".py"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  List<ArtifactModule> modules() {
    return modules;
  }

  /** Copies them to where a run finds them. Returns by copy what it is a copy of. */
  SequencedMap<Path, Path> copy(Path toTasks, Path toArtifacts) throws IOException {
    SequencedMap<Path, Path> copies = new LinkedHashMap<>();
    copy(tasks, toTasks, copies);
    copy(artifacts, toArtifacts, copies);
    return copies;
  }

  private static void copy(
      SequencedMap<String, Path> plugins, Path to, SequencedMap<Path, Path> copies)
      throws IOException {
    for (var plugin : plugins.entrySet()) {
      Path copy = to.resolve(plugin.getKey());
      copies.put(copy, plugin.getValue());
      for (Path file : pythonFiles(plugin.getValue())) {
        Path target = copy.resolve(plugin.getValue().relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
