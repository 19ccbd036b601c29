package io.dioptra.worker.engine;

import io.dioptra.worker.task.TaskFailure;

/** How a walk through a graph ended. */
public sealed interface WalkResult {
  /** All steps are done. */
  record Done() implements WalkResult {}

  /**
   * A request to the place where the tasks run was not done.
   *
   * @param where what it was for, for example {@code step "train"}
   */
  record Failed(String where, TaskFailure failure) implements WalkResult {}

  /** The graph itself does not allow to go on; the message is worded as Dioptra words it. */
  record Stuck(String message) implements WalkResult {}
}
