package io.dioptra.worker.queue.redis;

/** The queue cannot be used at all. The message says what the operator can do; it has no secret. */
public final class QueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueueException(String message) {
    super(message);
  }

  public QueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
