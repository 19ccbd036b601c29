package io.dioptra.worker.task;

/**
 * Names a value that lives with the tasks.
 *
 * @param producer the step, input artifact or parameter that brought it
 * @param output the name of the output; empty for a parameter
 */
public record ValueHandle(Origin origin, String producer, String output) {
  /** What brought a value. */
  public enum Origin {
    PARAMETER,
    STEP,
    ARTIFACT
  }
}
