package io.dioptra.worker.engine;

import java.util.List;

/** What checking a configuration found. */
public sealed interface Checked {
  /** It can run. */
  record Valid(TaskGraph graph, List<Issue> warnings) implements Checked {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It cannot run.
   *
   * @param issues all that was found, warnings too
   * @param summary one line with all errors, worded as Dioptra words it
   */
  record Invalid(List<Issue> issues, String summary) implements Checked {
    public Invalid {
      issues = List.copyOf(issues);
    }
  }
}
