package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.EntrypointEntry;
import io.dioptra.worker.source.Document;
import io.dioptra.worker.source.Position;
import io.dioptra.worker.source.Remark;
import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.source.SourceFile;
import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the file that a command is given: an engine configuration, which has a member {@code
 * tasks}; an entrypoint, whose tasks a {@code dioptra.toml} declares; or such a file, for all of
 * its entrypoints.
 *
 * @param toml the file that declares the entrypoint; where it is not given, the nearest one beside
 *     the entrypoint or above it
 * @param entrypoint its name, where the file declares several with one path
 */
public record SubjectReader(Optional<Path> toml, Optional<String> entrypoint) {
  private static final String RESOURCES = "dioptra.toml";
  private static final Map<String, String> NAMES =
      Map.of(
          "types", "Type names",
          "parameters", "Global parameter names",
          "tasks", "Task short names",
          "graph", "Graph step names");

  /** All that the file stands for, one at least. */
  public List<Subject> read(Path file) throws SourceException {
    if (file.toString().endsWith(".toml")) {
      return entrypoints(file);
    }
    Document document = SourceFile.read(file);
    boolean isConfiguration = ((Value.Members) document.root()).values().containsKey("tasks");
    if (isConfiguration && toml.isEmpty() && entrypoint.isEmpty()) {
      return List.of(configuration(file, document));
    }
    Path declared = toml.isPresent() ? toml.get() : nearest(file);
    List<Finding> findings = new ArrayList<>();
    Resources resources = new ResourceReader(declared, findings::add).read();
    return List.of(subject(file, document, resources, declaration(file, resources), findings));
  }

  private List<Subject> entrypoints(Path file) throws SourceException {
    List<Finding> findings = new ArrayList<>();
    Resources resources = new ResourceReader(file, findings::add).read();
    List<Subject> subjects = new ArrayList<>();
    for (EntrypointEntry each : resources.entrypoints()) {
      if (entrypoint.isEmpty() || entrypoint.get().equals(each.name())) {
        Path written = shown(file, each.file());
        // What was found in the file itself is told once.
        List<Finding> own = subjects.isEmpty() ? findings : new ArrayList<>();
        subjects.add(subject(written, SourceFile.read(written), resources, each, own));
      }
    }
    if (subjects.isEmpty()) {
      throw new SourceException(
          file + ": there is no entrypoint" + entrypoint.map(it -> " \"" + it + "\"").orElse(""));
    }
    return subjects;
  }

  /** The way from where the user is, not from the root of the machine. */
  private static Path shown(Path toml, Path file) {
    Path folder = toml.toAbsolutePath().normalize().getParent();
    return folder == null || toml.isAbsolute() || !file.startsWith(folder)
        ? file
        : toml.resolveSibling(folder.relativize(file));
  }

  private static Subject configuration(Path file, Document document) {
    Spots spots = new Spots(file);
    spots.put(List.of(), file, document.spot());
    List<Finding> findings = new ArrayList<>();
    remarks(file, document, findings);
    return new Subject(file, (Value.Members) document.root(), spots, Optional.empty(), findings);
  }

  private static Subject subject(
      Path file,
      Document document,
      Resources resources,
      EntrypointEntry entrypoint,
      List<Finding> findings) {
    Spots spots = new Spots(file);
    remarks(file, document, findings);
    Value.Members configuration =
        new Composition(resources, entrypoint, spots, findings::add).compose(document);
    return new Subject(
        file,
        configuration,
        spots,
        Optional.of(new Subject.Origin(resources, entrypoint)),
        findings);
  }

  private static Path nearest(Path file) throws SourceException {
    return Stream.iterate(
            file.toAbsolutePath().normalize().getParent(), it -> it != null, Path::getParent)
        .map(folder -> folder.resolve(RESOURCES))
        .filter(Files::isRegularFile)
        .map(found -> relative(file, found))
        .findFirst()
        .orElseThrow(
            () ->
                new SourceException(
                    ("%s: there are no tasks in it, so it is no engine configuration, and no %s"
                            + " lies beside it or above it that declares them; --toml names one")
                        .formatted(file, RESOURCES)));
  }

  private static Path relative(Path file, Path found) {
    return file.isAbsolute() ? found : Path.of("").toAbsolutePath().relativize(found);
  }

  private EntrypointEntry declaration(Path file, Resources resources) throws SourceException {
    Path wanted = real(file);
    List<EntrypointEntry> declared =
        resources.entrypoints().stream()
            .filter(it -> real(it.file()).equals(wanted))
            .filter(it -> entrypoint.isEmpty() || entrypoint.get().equals(it.name()))
            .toList();
    if (declared.isEmpty()) {
      throw new SourceException(
          "%s: no entrypoint%s with the path of %s is declared here"
              .formatted(
                  resources.file(), entrypoint.map(it -> " \"" + it + "\"").orElse(""), file));
    }
    if (declared.size() > 1) {
      throw new SourceException(
          "%s: several entrypoints have the path of %s; --entrypoint chooses one of %s"
              .formatted(
                  resources.file(),
                  file,
                  declared.stream().map(EntrypointEntry::name).collect(Collectors.joining(", "))));
    }
    return declared.getFirst();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException _) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static void remarks(Path file, Document document, List<Finding> findings) {
    for (Remark remark : document.remarks()) {
      findings.add(
          switch (remark) {
            case Remark.Repeated(var name, var first, var at) ->
                new Finding(
                    file,
                    Optional.of(at),
                    "syntax",
                    false,
                    "\"%s\" stands here a second time; the first, in line %d, does not count"
                        .formatted(name, first.line()));
            case Remark.NoJson(var what, var at) ->
                new Finding(
                    file,
                    Optional.of(at),
                    "syntax",
                    true,
                    "this is %s, which Dioptra cannot hand to a worker; in quotes it is a text"
                        .formatted(what));
            case Remark.OddName(var path, var name, var at) -> oddName(file, path, name, at);
          });
    }
  }

  private static Finding oddName(Path file, List<String> path, String name, Position at) {
    String names = path.size() == 1 ? NAMES.get(path.getFirst()) : null;
    return names == null
        ? new Finding(
            file,
            Optional.of(at),
            "syntax",
            false,
            "the name %s is no text here; tasks get it as one".formatted(name))
        : new Finding(
            file,
            Optional.of(at),
            "semantic",
            true,
            "%s must be strings: %s".formatted(names, name));
  }
}
