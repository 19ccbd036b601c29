package io.dioptra.worker.job;

/** The resource id of the experiment a job belongs to. */
public record ExperimentId(long value) {
  public ExperimentId {
    if (value <= 0) {
      throw new IllegalArgumentException("an experiment id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
