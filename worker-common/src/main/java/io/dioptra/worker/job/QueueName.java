package io.dioptra.worker.job;

/** The name of a queue: case-sensitive, any characters but none at all. */
public record QueueName(String value) {
  public QueueName {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a queue name has at least one character");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
