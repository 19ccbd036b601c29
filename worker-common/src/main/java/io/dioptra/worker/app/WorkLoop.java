package io.dioptra.worker.app;

import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.queue.Claim;
import io.dioptra.worker.queue.RqWorker;
import io.dioptra.worker.run.JobRunner;
import io.dioptra.worker.telemetry.HealthFile;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs and runs them, one at a time, until it is told to stop. */
final class WorkLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

  private static final String IDLE = "idle";

  /** How long a stop may go unnoticed while there is no work. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final RqWorker queue;
  private final JobRunner runner;
  private final Shutdown shutdown;
  private final HealthFile health;
  private final boolean burst;

  WorkLoop(RqWorker queue, JobRunner runner, Shutdown shutdown, HealthFile health, boolean burst) {
    this.queue = queue;
    this.runner = runner;
    this.shutdown = shutdown;
    this.health = health;
    this.burst = burst;
  }

  void run() throws InterruptedException {
    health.working(IDLE);
    while (!shutdown.isAsked()) {
      Optional<Claim> claim = queue.take(burst ? Duration.ZERO : LOOK);
      if (claim.isPresent()) {
        health.working("busy with job " + claim.get().ticket().job());
        work(claim.get());
        health.working(IDLE);
      } else if (burst) {
        return;
      }
    }
  }

  private void work(Claim claim) throws InterruptedException {
    LOG.info("{}: job {} taken", claim.ticket().queue(), claim.ticket().job());
    JobOutcome outcome =
        runner.run(
            claim.ticket(),
            claim
                .whenLost()
                .thenApply(end -> "The worker no longer holds the job in RQ: " + end + "."));
    var recorded = claim.finish(outcome);
    LOG.info("{}: job {} {}", claim.ticket().queue(), claim.ticket().job(), words(outcome));
    LOG.debug("RQ's record of job {}: {}", claim.rqId(), recorded);
  }

  private static String words(JobOutcome outcome) {
    return switch (outcome) {
      case JobOutcome.Finished _ -> "finished";
      case JobOutcome.Failed(var kind, String message) ->
          "failed (" + kind.whoCanAct() + "): " + firstLine(message);
      case JobOutcome.Stopped(String reason) -> "stopped: " + firstLine(reason);
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
