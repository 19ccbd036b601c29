package io.dioptra.worker.run;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome.Failed;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.tracking.TrackingException;
import io.dioptra.worker.workspace.RefusedArchiveException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that can go wrong in an attempt into words and into who can mend it. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static Failed of(Exception problem) {
    return switch (problem) {
      case AttemptException known -> known.failure();
      case ApiException api -> new Failed(api.kind(), message(api));
      case TrackingException tracking -> new Failed(tracking.kind(), message(tracking));
      case HostStartException host ->
          new Failed(FailureKind.ENVIRONMENT, "No Python could be started. " + message(host));
      case RefusedArchiveException archive -> new Failed(FailureKind.INPUT, message(archive));
      case IOException io when isDiskFull(io) ->
          new Failed(FailureKind.RESOURCE, "The disk of the worker is full: " + message(io));
      case IOException io ->
          new Failed(FailureKind.ENVIRONMENT, "A file could not be read or written: " + io);
      default -> {
        LOG.error("A defect of the worker ended an attempt", problem);
        yield new Failed(FailureKind.WORKER, "The worker has a defect: " + problem);
      }
    };
  }

  /**
   * What became of a request to the tasks.
   *
   * @param where what was being done, for example {@code step "train"}
   */
  static Failed of(TaskFailure failure, String where) {
    return switch (failure) {
      case TaskFailure.Raised(String type, String message, String traceback) ->
          new Failed(
              isOutOfMemory(type) ? FailureKind.RESOURCE : FailureKind.PLUGIN,
              "In %s: %s: %s\n%s".formatted(where, type, message, traceback).strip());
      case TaskFailure.NotFound(String message) ->
          new Failed(FailureKind.PLUGIN, "In " + where + ": " + message);
      case TaskFailure.CalledExit(String status, String traceback) ->
          new Failed(
              FailureKind.PLUGIN,
              "In %s: the plugin called sys.exit(%s); a task ends by returning or raising.\n%s"
                  .formatted(where, status, traceback)
                  .strip());
      case TaskFailure.HostEnded(String how) ->
          new Failed(
              FailureKind.PLUGIN,
              "In %s: the process of the tasks %s before it answered.".formatted(where, how));
    };
  }

  /** Java has no type for it; the words are those of the operating system. */
  private static boolean isDiskFull(IOException problem) {
    String message = message(problem);
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  /** Python's own, and numpy's below it. */
  private static boolean isOutOfMemory(String type) {
    return type.endsWith("MemoryError");
  }

  private static String message(Exception problem) {
    return String.valueOf(problem.getMessage());
  }
}
