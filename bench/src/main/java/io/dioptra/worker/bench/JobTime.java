package io.dioptra.worker.bench;

import io.dioptra.worker.testing.JobRequest;
import io.dioptra.worker.testing.ServerProcess;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * How long one job took, from before it was submitted.
 *
 * @param seen until a client that asks now and then saw it finished
 * @param stamped until the time that the REST API keeps for its last status
 * @param worker processor time of the worker
 * @param site processor time of the REST API and MLflow, with what asking for the status takes
 */
record JobTime(Duration seen, Duration stamped, Duration worker, Duration site) {
  /** Each question costs the API's server about 10 ms of the time that the worker asks it for. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final Duration REST = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Submits a job and waits for its end. */
  static JobTime of(JobRequest request, ServerProcess worker, List<ServerProcess> site)
      throws IOException, InterruptedException {
    Duration workerBefore = CpuTime.of(List.of(worker));
    Duration siteBefore = CpuTime.of(site);
    Instant submitted = Instant.now();
    long start = System.nanoTime();
    SubmittedJob job = request.submit();
    while (!job.hasEnded()) {
      Thread.sleep(PAUSE);
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new IOException(job + " has not ended. Its log:\n" + job.logText());
      }
    }
    Duration seen = Duration.ofNanos(System.nanoTime() - start);
    if (!job.status().equals("finished")) {
      throw new IOException(job + " is " + job.status() + ". Its log:\n" + job.logText());
    }
    String last = job.resource().get("snapshotCreatedOn").asString();
    // A worker has something left to do; what it does for the next job must not be counted here.
    Thread.sleep(REST);
    return new JobTime(
        seen,
        Duration.between(submitted, OffsetDateTime.parse(last).toInstant()),
        CpuTime.of(List.of(worker)).minus(workerBefore),
        CpuTime.of(site).minus(siteBefore));
  }
}
