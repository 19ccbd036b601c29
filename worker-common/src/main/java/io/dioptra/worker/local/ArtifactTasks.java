package io.dioptra.worker.local;

import io.dioptra.worker.local.Resources.ArtifactEntry;
import io.dioptra.worker.local.Resources.PluginEntry;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The artifact tasks of a subject, by name. */
public final class ArtifactTasks {
  private ArtifactTasks() {}

  /**
   * Those that may be named, with any arguments: the declared ones of an entrypoint; of a
   * configuration those that the user gives, and all where none is given.
   */
  public static SequencedMap<String, Value> allowed(Subject subject, Collection<String> given) {
    SequencedMap<String, Value> allowed = new LinkedHashMap<>();
    if (!given.isEmpty()) {
      given.forEach(name -> allowed.put(name, new Value.Null()));
    } else if (subject.origin().isPresent()) {
      declared(subject.origin().get()).forEach(task -> allowed.put(task.name(), new Value.Null()));
    } else {
      used(subject.configuration()).forEach(name -> allowed.put(name, new Value.Null()));
    }
    return allowed;
  }

  static List<ArtifactEntry> declared(Subject.Origin origin) {
    return origin.entrypoint().artifactPlugins().stream()
        .flatMap(name -> origin.resources().plugin(name).stream())
        .map(PluginEntry::artifacts)
        .flatMap(List::stream)
        .toList();
  }

  /** The names that stand in the output artifacts. */
  static List<String> used(Value.Members configuration) {
    List<String> names = new ArrayList<>();
    if (configuration.values().get("artifact_outputs") instanceof Value.Members(var outputs)) {
      for (Value output : outputs.values()) {
        if (output instanceof Value.Members(var members)
            && members.get("task") instanceof Value.Members(var task)
            && task.get("name") instanceof Value.Text(String name)) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
