package io.dioptra.worker.source;

import java.util.List;

/** Something about a text that can be read, but does not mean what its author may think. */
public sealed interface Remark {
  Position at();

  /**
   * An object has a name twice; the last one counts, as in Python.
   *
   * @param first where it stands for the first time
   */
  record Repeated(String name, Position first, Position at) implements Remark {}

  /**
   * The name of a member is no text, as YAML reads it.
   *
   * @param path the names that lead to the object
   * @param name as Python shows it
   */
  record OddName(List<String> path, String name, Position at) implements Remark {
    public OddName {
      path = List.copyOf(path);
    }
  }

  /**
   * A value that JSON cannot hold, so that it cannot reach a worker.
   *
   * @param what for example {@code a date}
   */
  record NoJson(String what, Position at) implements Remark {}
}
