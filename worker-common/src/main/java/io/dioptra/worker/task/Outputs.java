package io.dioptra.worker.task;

import java.util.List;

/** How the value that a task returns is given names. */
public sealed interface Outputs {
  /** The value is dropped. */
  record None() implements Outputs {}

  /** The whole value gets this name. */
  record One(String name) implements Outputs {}

  /** The value is iterated; its items get these names, the shorter of both ends it. */
  record Each(List<String> names) implements Outputs {
    public Each {
      names = List.copyOf(names);
    }
  }
}
