package io.dioptra.worker.job;

import java.util.function.UnaryOperator;

/** The one ending of an attempt at a job. */
public sealed interface JobOutcome {
  record Finished() implements JobOutcome {}

  /**
   * Not done, for a reason that {@code kind} can mend.
   *
   * @param message what failed, where, and what to do; one or several lines
   */
  record Failed(FailureKind kind, String message) implements JobOutcome {}

  /** Ended on somebody's order, not by its own doing. */
  record Stopped(String reason) implements JobOutcome {}

  /** Not done, and to be run again from its beginning. */
  record GivenBack(String reason) implements JobOutcome {}

  /** The same with what it says put into other words. */
  default JobOutcome inWords(UnaryOperator<String> other) {
    return switch (this) {
      case Finished finished -> finished;
      case Failed(FailureKind kind, String message) -> new Failed(kind, other.apply(message));
      case Stopped(String reason) -> new Stopped(other.apply(reason));
      case GivenBack(String reason) -> new GivenBack(other.apply(reason));
    };
  }

  /** The status this outcome has in Dioptra. */
  default JobStatus status() {
    return switch (this) {
      case Finished _ -> JobStatus.FINISHED;
      case Failed _, Stopped _ -> JobStatus.FAILED;
      case GivenBack _ -> JobStatus.QUEUED;
    };
  }
}
