package io.dioptra.worker.local;

import io.dioptra.worker.task.TaskFailure;

/** What became of a request to the tasks, for who wrote them. */
final class FailureText {
  private FailureText() {}

  /**
   * In words.
   *
   * @param where what was being done, for example {@code step "train"}
   */
  static String of(String where, TaskFailure failure) {
    return "In %s: %s".formatted(where, of(failure)).strip();
  }

  private static String of(TaskFailure failure) {
    return switch (failure) {
      case TaskFailure.Raised raised -> words(raised);
      case TaskFailure.Lacked(var what, var raised) -> words(raised) + "\n" + advice(what);
      case TaskFailure.NotFound(String message) -> message;
      case TaskFailure.CalledExit(String status, String traceback) ->
          "the plugin called sys.exit(%s); a task ends by returning or raising.\n%s"
              .formatted(status, traceback);
      case TaskFailure.HostEnded(String how) ->
          "the process of the tasks %s before it answered.".formatted(how);
      case TaskFailure.OutOfMemory(String how) ->
          "out of memory: the kernel ended the process of the tasks, as it %s.".formatted(how);
    };
  }

  private static String words(TaskFailure.Raised raised) {
    return "%s: %s\n%s".formatted(raised.type(), raised.message(), raised.traceback());
  }

  private static String advice(TaskFailure.Means what) {
    return switch (what) {
      case MEMORY -> "There is too little memory.";
      case DISK -> "The disk is full.";
      case MODULE ->
          "The Python environment has no such module. Install its package there, or use another"
              + " environment (DIOPTRA_WORKER_ENVIRONMENT, DIOPTRA_WORKER_PYTHON).";
      case JVM -> "The process of the JVM tasks is gone; its last words are above.";
    };
  }
}
