package io.dioptra.worker.tracking;

import java.util.ArrayList;
import java.util.List;

/** Where an artifact goes below a run's artifacts: names that cannot leave that place. */
record ArtifactPath(List<String> names) {
  ArtifactPath {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("an artifact needs a name");
    }
    for (String name : names) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "an artifact cannot be stored under \"" + String.join("/", names) + "\"");
      }
    }
  }

  /** Splits at slashes. */
  static ArtifactPath of(String path) {
    return new ArtifactPath(List.of(path.split("/", -1)));
  }

  ArtifactPath child(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new ArtifactPath(longer);
  }

  @Override
  public String toString() {
    return String.join("/", names);
  }
}
