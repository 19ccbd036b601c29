package io.dioptra.worker.app;

import io.dioptra.worker.config.UnfinishedJob;
import io.dioptra.worker.config.WorkSettings;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.queue.Claim;
import io.dioptra.worker.queue.EarlyEnd;
import io.dioptra.worker.run.Assignment;
import io.dioptra.worker.run.JobRunner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs for one slot and runs them, one at a time, until the worker is to end. */
final class WorkLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

  /** Where nothing limits the wait for a job. */
  private static final Duration LONG = Duration.ofDays(1);

  private final Slot slot;
  private final JobRunner runner;
  private final Shutdown shutdown;
  private final WorkSettings settings;
  private final JobBudget budget;

  WorkLoop(
      Slot slot, JobRunner runner, Shutdown shutdown, WorkSettings settings, JobBudget budget) {
    this.slot = slot;
    this.runner = runner;
    this.shutdown = shutdown;
    this.settings = settings;
    this.budget = budget;
  }

  /**
   * @throws io.dioptra.worker.queue.redis.QueueException if Redis has been away for too long
   */
  void run() throws InterruptedException {
    Duration wait = settings.burst() ? Duration.ZERO : settings.maxIdle().orElse(LONG);
    while (!shutdown.isAsked() && budget.spend()) {
      Optional<Claim> claim = slot.queue().take(wait, slot::hasRoom);
      if (claim.isPresent()) {
        slot.working("busy with job " + claim.get().ticket().job());
        work(claim.get());
        slot.working("idle");
      } else {
        budget.giveBack();
        if (settings.burst() || settings.maxIdle().isPresent()) {
          return;
        }
      }
    }
  }

  private void work(Claim claim) throws InterruptedException {
    LOG.info("{}: job {} taken", claim.ticket().queue(), claim.ticket().job());
    CompletableFuture<JobOutcome> order = new CompletableFuture<>();
    claim.whenEarly().thenAccept(end -> order.complete(outcome(end)));
    JobOutcome outcome;
    try (var _ = shutdown.whenHurried(() -> order.complete(unfinished()))) {
      outcome = runner.run(new Assignment(claim.ticket(), slot.variables(), claim.notes()), order);
    }
    var recorded = claim.finish(outcome);
    LOG.info("{}: job {} {}", claim.ticket().queue(), claim.ticket().job(), words(outcome));
    LOG.debug("RQ's record of job {}: {}", claim.rqId(), recorded);
  }

  private static JobOutcome outcome(EarlyEnd end) {
    return switch (end) {
      case CANCELED -> new JobOutcome.Stopped("The job was cancelled in RQ.");
      case LOST -> new JobOutcome.Stopped("The worker no longer holds the job in RQ.");
      case STOPPED -> new JobOutcome.Stopped("Job stopped by user, work-horse terminated.");
      case KILLED ->
          new JobOutcome.Failed(
              FailureKind.INPUT,
              "Work-horse terminated unexpectedly: somebody sent RQ's command kill-horse.");
    };
  }

  private JobOutcome unfinished() {
    String why = "The worker was told to end and could not wait for the job.";
    return settings.onShutdown() == UnfinishedJob.REQUEUE
        ? new JobOutcome.GivenBack(why + " It is run again by the next worker.")
        : new JobOutcome.Failed(
            FailureKind.ENVIRONMENT,
            why
                + " Submit it again, or give the worker more time (--shutdown-timeout, and the"
                + " container's grace period), or let it give such jobs back (--on-shutdown"
                + " requeue).");
  }

  private static String words(JobOutcome outcome) {
    return switch (outcome) {
      case JobOutcome.Finished _ -> "finished";
      case JobOutcome.Failed(var kind, String message) ->
          "failed (" + kind.whoCanAct() + "): " + firstLine(message);
      case JobOutcome.Stopped(String reason) -> "stopped: " + firstLine(reason);
      case JobOutcome.GivenBack(String reason) -> "given back: " + firstLine(reason);
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
