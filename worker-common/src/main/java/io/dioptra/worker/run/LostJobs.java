package io.dioptra.worker.run;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.StatusAnswer;
import io.dioptra.worker.config.UnfinishedJob;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.queue.LostJob;
import io.dioptra.worker.queue.Recorded;
import io.dioptra.worker.report.JobLog;
import io.dioptra.worker.report.StatusReport;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.tracking.MlflowRun;
import io.dioptra.worker.tracking.MlflowTracking;
import io.dioptra.worker.tracking.RunStatus;
import io.dioptra.worker.tracking.TrackingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an end to jobs whose workers disappeared: in MLflow, in Dioptra, and last in RQ, so that
 * another worker does it anew when this one disappears, too. Each job has a thread of its own here,
 * which waits as long as Dioptra is away.
 */
public final class LostJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LostJobs.class);
  private static final int MOST_LOSSES = 3;

  private final DioptraApi api;
  private final MlflowTracking tracking;
  private final AttemptSettings settings;
  private final UnfinishedJob policy;
  private final StatusReport report;
  private final Clock clock;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lost-job-", 0).factory());

  public LostJobs(
      Neighbours neighbours,
      AttemptSettings settings,
      UnfinishedJob policy,
      MonotonicClock monotonic,
      Clock clock) {
    this.api = neighbours.api();
    this.tracking = neighbours.tracking();
    this.settings = settings;
    this.policy = policy;
    this.report = new StatusReport(neighbours.api(), monotonic);
    this.clock = clock;
  }

  /** Begins to give this job an end. Returns at once. */
  public void take(LostJob job) {
    var _ = threads.submit(() -> conclude(job));
  }

  /** Gives up what is not done. Its leases end, and other workers do it. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }

  private void conclude(LostJob job) {
    JobTicket ticket = job.claim().ticket();
    try {
      JobOutcome outcome = outcomeOrFailure(job);
      Recorded recorded = job.claim().finish(outcome);
      LOG.info(
          "Job {}, whose worker disappeared, is {} now; RQ: {}",
          ticket.job(),
          outcome.status().word(),
          recorded);
    } catch (InterruptedException _) {
      LOG.warn("Job {}, whose worker disappeared, is left to other workers", ticket.job());
      Thread.currentThread().interrupt();
    }
  }

  /** What Dioptra refuses for good still ends in RQ; otherwise its lease would be kept for ever. */
  private JobOutcome outcomeOrFailure(LostJob job) throws InterruptedException {
    try {
      return outcome(job);
    } catch (ApiException e) {
      LOG.error(
          "Job {}, whose worker disappeared, stays as it is in Dioptra: {}",
          job.claim().ticket().job(),
          e.getMessage());
      return lost("Dioptra could not be told: " + e.getMessage());
    }
  }

  /** What Dioptra says is so; only a job that it calls started needs an end. */
  private JobOutcome outcome(LostJob job) throws ApiException, InterruptedException {
    JobTicket ticket = job.claim().ticket();
    JobStatus status;
    try {
      status = report.current(ticket.job(), settings.lastWord());
    } catch (ApiException.Refused e) {
      if (e.isGone()) {
        return new JobOutcome.Stopped("The job was deleted in Dioptra.");
      }
      throw e;
    }
    return switch (status) {
      case FINISHED -> new JobOutcome.Finished();
      case FAILED -> lost("Dioptra has it as failed.");
      case QUEUED, DEFERRED -> new JobOutcome.GivenBack("Its worker disappeared before it began.");
      case STARTED -> end(ticket, decision(job.losses()));
    };
  }

  private JobOutcome decision(int losses) {
    if (policy == UnfinishedJob.FAIL) {
      return lost("Submit it again, or let the worker run such jobs again: --lost-job requeue.");
    }
    if (losses > MOST_LOSSES) {
      return lost(
          "That happened %d times within 72 hours, so it is not run again: the job itself may be"
                  .formatted(losses)
              + " what ends its workers.");
    }
    return new JobOutcome.GivenBack(
        "The worker that ran this job disappeared. It is run again (%d of %d times)."
            .formatted(losses, MOST_LOSSES));
  }

  private static JobOutcome.Failed lost(String then) {
    return new JobOutcome.Failed(
        FailureKind.ENVIRONMENT,
        "The worker that ran this job disappeared, for example because its process was killed or"
            + " its machine went down. "
            + then);
  }

  private JobOutcome end(JobTicket ticket, JobOutcome outcome)
      throws ApiException, InterruptedException {
    try (JobLog log =
        new JobLog(
            api,
            ticket.job(),
            Patience.of(settings.lastWord()),
            settings.work(),
            settings.masks())) {
      new AttemptLog(log, clock).end(ticket, outcome);
      endRun(ticket);
      var _ = log.close(Duration.ofMinutes(1));
    }
    StatusAnswer answer =
        report.send(ticket.experiment(), ticket.job(), outcome.status(), settings.lastWord());
    LOG.debug("Dioptra's answer about job {}: {}", ticket.job(), answer);
    return outcome;
  }

  /** Whatever fails here must not keep Dioptra from being told. */
  private void endRun(JobTicket ticket) throws InterruptedException {
    try {
      Optional<String> run = api.mlflowRun(ticket.job());
      if (run.isPresent()) {
        tracking.endRun(new MlflowRun(run.get(), ""), RunStatus.KILLED, clock.instant());
      }
    } catch (ApiException | TrackingException e) {
      LOG.warn("The MLflow run of job {} stays RUNNING: {}", ticket.job(), e.getMessage());
    }
  }
}
