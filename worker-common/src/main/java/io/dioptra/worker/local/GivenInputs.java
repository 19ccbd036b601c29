package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.ArtifactEntry;
import io.dioptra.worker.local.Resources.Variable;
import io.dioptra.worker.source.SourceException;
import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The input artifacts that a user gives as files. The class that reads one is named before it, or
 * is the only one whose outputs have the types that the entrypoint declares for the input.
 */
final class GivenInputs {
  private static final Pattern WITH_CLASS = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*):(.+)");

  private final Subject subject;
  private final List<ArtifactModule> modules;

  GivenInputs(Subject subject, List<ArtifactModule> modules) {
    this.subject = subject;
    this.modules = modules;
  }

  /** Completed when all that the graph needs is given, and nothing else. */
  List<ArtifactLoad> loads(SequencedMap<String, String> given, List<String> needed)
      throws SourceException {
    for (String name : given.keySet()) {
      if (!needed.contains(name)) {
        throw new SourceException(
            "--artifact %s: %s has no input artifact of this name".formatted(name, subject.name()));
      }
    }
    List<ArtifactLoad> loads = new ArrayList<>();
    for (String name : needed) {
      String text = given.get(name);
      if (text == null) {
        throw new SourceException(
            "%s needs the input artifact \"%s\": --artifact %s=PATH"
                .formatted(subject.name(), name, name));
      }
      loads.add(load(name, text));
    }
    return loads;
  }

  private ArtifactLoad load(String name, String text) throws SourceException {
    Matcher parts = WITH_CLASS.matcher(text);
    boolean named = parts.matches() && !Files.exists(Path.of(text));
    String task = named ? parts.group(1) : only(name);
    Path path = Path.of(named ? parts.group(2) : text).toAbsolutePath().normalize();
    Path folder = path.getParent();
    if (folder == null || !Files.exists(path)) {
      throw new SourceException("--artifact %s: there is no %s".formatted(name, path));
    }
    ArtifactModule module =
        modules.stream()
            .filter(it -> it.tasks().contains(task))
            .findFirst()
            .orElseThrow(
                () ->
                    new SourceException(
                        "--artifact %s: no artifact plugin has a class %s".formatted(name, task)));
    return new ArtifactLoad(
        name,
        folder,
        path.getFileName().toString(),
        module.plugin(),
        module.file(),
        task,
        outputs(name));
  }

  private String only(String name) throws SourceException {
    List<String> types = declared(name).stream().map(Variable::type).toList();
    List<String> fitting =
        subject.origin().map(ArtifactTasks::declared).orElse(List.of()).stream()
            .filter(it -> it.outputs().stream().map(Variable::type).toList().equals(types))
            .map(ArtifactEntry::name)
            .toList();
    if (fitting.size() != 1) {
      throw new SourceException(
          "--artifact %s: say which class reads it, %s=CLASS:PATH%s"
              .formatted(
                  name,
                  name,
                  fitting.isEmpty() ? "" : "; these fit: " + String.join(", ", fitting)));
    }
    return fitting.getFirst();
  }

  private List<Variable> declared(String name) {
    return subject.origin().stream()
        .flatMap(it -> it.entrypoint().inputs().stream())
        .filter(it -> it.name().equals(name))
        .flatMap(it -> it.outputs().stream())
        .toList();
  }

  private Outputs outputs(String name) {
    List<String> names = new ArrayList<>();
    if (subject.configuration().values().get("artifact_inputs") instanceof Value.Members(var all)) {
      Value declared = all.getOrDefault(name, Value.Members.none());
      List<Value> parts = declared instanceof Value.Items(var items) ? items : List.of(declared);
      for (Value part : parts) {
        if (part instanceof Value.Members(var members)) {
          names.addAll(members.keySet());
        }
      }
    }
    return names.size() == 1 ? new Outputs.One(names.getFirst()) : new Outputs.Each(names);
  }
}
