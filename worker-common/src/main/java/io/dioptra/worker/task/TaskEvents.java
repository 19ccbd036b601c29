package io.dioptra.worker.task;

/** Where the events of a job's tasks go while they run. Any thread may call it; it never waits. */
public interface TaskEvents {
  void log(LogLine line);
}
