package io.dioptra.worker.run;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.usage.Excess;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome.Failed;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.tracking.TrackingException;
import io.dioptra.worker.workspace.RefusedArchiveException;
import io.dioptra.worker.workspace.RefusedFileException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that can go wrong in an attempt into words and into who can mend it. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private static final String LESS_MEMORY =
      "Smaller batches need less, or the operator gives the worker more.";

  private static final String ANOTHER_IMAGE =
      "The environment of this worker has no such module. The operator can add its package in an"
          + " image made from this one (RUN pip install …), or the job can go to the queue of a"
          + " worker that has it.";

  private static final String JVM =
      "The plugin is not the cause. Native code that a library of JVM tasks uses may be, or how the"
          + " JVM is started (DIOPTRA_WORKER_JVM_OPTS): the JVM's last words are in the log.";

  private Failures() {}

  static Failed of(Exception problem) {
    return switch (problem) {
      case AttemptException known -> known.failure();
      case ApiException api -> new Failed(api.kind(), message(api));
      case TrackingException tracking -> new Failed(tracking.kind(), message(tracking));
      case HostStartException host ->
          new Failed(FailureKind.ENVIRONMENT, "No Python could be started. " + message(host));
      case RefusedArchiveException archive -> new Failed(FailureKind.INPUT, message(archive));
      case RefusedFileException file -> new Failed(FailureKind.PLUGIN, message(file));
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
      case TaskFailure.Raised raised -> new Failed(FailureKind.PLUGIN, words(raised, where));
      case TaskFailure.Lacked(var what, var raised) -> lacked(what, words(raised, where));
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
      case TaskFailure.OutOfMemory(String how) ->
          new Failed(
              FailureKind.RESOURCE,
              ("In %s: out of memory. The kernel ended the process of the tasks, as it %s. %s")
                  .formatted(where, how, LESS_MEMORY));
    };
  }

  private static Failed lacked(TaskFailure.Means what, String words) {
    return switch (what) {
      case MEMORY -> new Failed(FailureKind.RESOURCE, words + "\n" + LESS_MEMORY);
      case DISK ->
          new Failed(
              FailureKind.RESOURCE,
              words + "\nThe disk of the worker is full. The operator should make room there.");
      case JVM -> new Failed(FailureKind.ENVIRONMENT, words + "\n" + JVM);
      case MODULE -> new Failed(FailureKind.ENVIRONMENT, words + "\n" + ANOTHER_IMAGE);
    };
  }

  private static String words(TaskFailure.Raised raised, String where) {
    return "In %s: %s: %s\n%s"
        .formatted(where, raised.type(), raised.message(), raised.traceback())
        .strip();
  }

  /** What became of a job that used more than it may. */
  static Failed of(Excess excess) {
    String message =
        switch (excess) {
          case Excess.Memory(long used, long limit) ->
              "out of memory: the job's processes used %d MiB of the %d that they may (--job-memory). %s"
                  .formatted(used >> 20, limit >> 20, LESS_MEMORY);
          case Excess.Processes(int running, int limit) ->
              "too many processes: %d ran at a time, %d may (--job-processes). Fewer workers of a data loader or a pool help, or the operator allows more."
                  .formatted(running, limit);
          case Excess.Folder(long used, long limit) ->
              "too many files: the job's folder holds %d MiB of the %d that it may (--job-folder-size). A task that deletes what it needs no longer helps, or the operator allows more."
                  .formatted(used >> 20, limit >> 20);
        };
    return new Failed(FailureKind.RESOURCE, "The job was ended, " + message);
  }

  /** Java has no type for it; the words are those of the operating system. */
  private static boolean isDiskFull(IOException problem) {
    String message = message(problem);
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  private static String message(Exception problem) {
    return String.valueOf(problem.getMessage());
  }
}
