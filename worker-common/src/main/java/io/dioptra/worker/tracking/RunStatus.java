package io.dioptra.worker.tracking;

/** How a run ended. */
public enum RunStatus {
  FINISHED,
  FAILED,
  KILLED
}
