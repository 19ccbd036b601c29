package io.dioptra.worker.task;

/** Why a request to the place where the tasks run was not done. */
public sealed interface TaskFailure {
  /**
   * The task, or what it imports, raised an exception.
   *
   * @param type the exception's class as Python names it
   * @param traceback Python's traceback, ending with the exception
   */
  record Raised(String type, String message, String traceback) implements TaskFailure {}

  /** The task raised an exception, because there was not enough of something that it needs. */
  record Lacked(Means what, Raised raised) implements TaskFailure {}

  /** What a task can lack. */
  enum Means {
    /** Of the machine, or of a GPU. */
    MEMORY,
    /** Room for files. */
    DISK,
    /** A Python module that is not installed. */
    MODULE,
    /** The process of the JVM tasks, which has ended or could not be started. */
    JVM
  }

  /** The task's function or class cannot be found in its plugin. */
  record NotFound(String message) implements TaskFailure {}

  /** The task asked Python to exit. */
  record CalledExit(String status, String traceback) implements TaskFailure {}

  /**
   * The process that ran the task ended before it answered.
   *
   * @param how in words: the signal or exit status, and what the process last wrote to stderr
   */
  record HostEnded(String how) implements TaskFailure {}

  /**
   * The kernel ended the process, because memory ran out.
   *
   * @param how in words, as above
   */
  record OutOfMemory(String how) implements TaskFailure {}
}
