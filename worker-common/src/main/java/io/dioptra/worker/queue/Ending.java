package io.dioptra.worker.queue;

import io.dioptra.worker.job.JobOutcome;

/**
 * The end of an attempt in RQ's words.
 *
 * @param word {@code finished}, {@code failed}, {@code stopped}, or {@code returned} to be run
 *     again
 * @param text why, for people; empty where there is nothing to say
 * @param mayRetry whether the retries that the producer granted apply
 */
record Ending(String word, String text, boolean mayRetry) {
  static Ending of(JobOutcome outcome) {
    return switch (outcome) {
      case JobOutcome.Finished _ -> new Ending("finished", "", false);
      case JobOutcome.Failed(var kind, String message) ->
          new Ending(
              "failed", message + "\n\nThis can be mended by " + kind.whoCanAct() + ".", true);
      case JobOutcome.Stopped(String reason) -> new Ending("stopped", reason, false);
      case JobOutcome.GivenBack(String reason) -> new Ending("returned", reason, false);
    };
  }

  /** A job that this worker does not run, now or later. */
  static Ending refused(String reason) {
    return new Ending(
        "failed", "Nothing was run: " + reason + ".\n\nThis can be mended by its producer.", false);
  }
}
