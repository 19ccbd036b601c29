package io.dioptra.worker.report;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.StatusAnswer;
import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.retry.Attempts;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.retry.Trouble;
import java.time.Duration;

/**
 * The last word about a job. Any thread may use it.
 *
 * <p>It is also said again where the worker's account is refused for a while: the job is done, and
 * the operator may mend the account before the time is over.
 */
public final class StatusReport {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final DioptraApi api;
  private final MonotonicClock clock;

  public StatusReport(DioptraApi api, MonotonicClock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Sends a status until the API has decided on it.
   *
   * <p>{@link StatusAnswer.NotAllowed} with a final status means that somebody, or this worker
   * before a restart, said the last word already; with {@code QUEUED} that the job was reset.
   *
   * @param limit after this the last trouble is thrown
   */
  public StatusAnswer send(ExperimentId experiment, JobId job, JobStatus status, Duration limit)
      throws ApiException, InterruptedException {
    return insist(limit, patience -> api.setStatus(experiment, job, status, patience));
  }

  /**
   * Asks for the status that the API has, until it answers.
   *
   * @param limit after this the last trouble is thrown
   */
  public JobStatus current(JobId job, Duration limit) throws ApiException, InterruptedException {
    return insist(limit, _ -> api.job(job).status());
  }

  private interface Request<T> {
    T send(Patience patience) throws ApiException, InterruptedException;
  }

  private <T> T insist(Duration limit, Request<T> request)
      throws ApiException, InterruptedException {
    Attempts attempts = new Attempts(new Patience(limit, FIRST_WAIT, LONGEST_WAIT), clock);
    while (true) {
      Duration left = attempts.remaining();
      try {
        return request.send(Patience.of(left.isPositive() ? left : Duration.ofMillis(1)));
      } catch (ApiException e) {
        if (e.kind() != FailureKind.ENVIRONMENT || !attempts.again(Trouble.OUT_OF_ORDER)) {
          throw e;
        }
      }
    }
  }
}
