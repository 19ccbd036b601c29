package io.dioptra.worker.task;

/** The one answer to a request to the place where the tasks run. */
public sealed interface TaskResult<T> {
  record Done<T>(T value) implements TaskResult<T> {}

  record Failed<T>(TaskFailure failure) implements TaskResult<T> {}
}
