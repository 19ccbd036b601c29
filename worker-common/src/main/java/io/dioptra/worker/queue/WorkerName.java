package io.dioptra.worker.queue;

/** The name RQ knows a worker by. A name may live once: take a fresh one for each process start. */
public record WorkerName(String value) {
  public WorkerName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a worker name has at least one character");
    }
  }

  /** A name nobody else has, in the form RQ itself makes. */
  public static WorkerName fresh() {
    return new WorkerName(RqId.fresh());
  }

  @Override
  public String toString() {
    return value;
  }
}
