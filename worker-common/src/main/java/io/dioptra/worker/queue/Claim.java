package io.dioptra.worker.queue;

import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.JobTicket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A job that this worker holds the lease of, until it says how the job ended. Heartbeats keep the
 * lease meanwhile. Any thread may call it.
 */
public final class Claim {
  private final JobTicket ticket;
  private final Execution execution;
  private final LeaseKeeper keeper;
  private final Finisher finisher;
  private final List<String> notes;

  Claim(
      JobTicket ticket,
      Execution execution,
      LeaseKeeper keeper,
      Finisher finisher,
      List<String> notes) {
    this.ticket = ticket;
    this.execution = execution;
    this.keeper = keeper;
    this.finisher = finisher;
    this.notes = List.copyOf(notes);
  }

  public JobTicket ticket() {
    return ticket;
  }

  /** RQ's id of the job; Dioptra's API makes it the id of its own job. */
  public String rqId() {
    return execution.job();
  }

  /** What the job's owner may want to know about how RQ treats it: printable lines, mostly none. */
  public List<String> notes() {
    return notes;
  }

  /** Why the job is to end now, empty while it may go on. */
  public Optional<EarlyEnd> early() {
    return Optional.ofNullable(keeper.ended().getNow(null));
  }

  /**
   * Completed when the job is to end before its own end: stop it then. {@link #finish} will write
   * nothing where the lease is gone. What depends on this must not block.
   */
  public CompletionStage<EarlyEnd> whenEarly() {
    return keeper.ended().minimalCompletionStage();
  }

  /**
   * Records how the job ended, if this claim still has its lease, and ends the claim. Blocks while
   * Redis is away, for as long as the settings allow; a second call changes nothing.
   */
  public Recorded finish(JobOutcome outcome) throws InterruptedException {
    keeper.expectEnd();
    try {
      return finisher.finish(execution, Ending.of(outcome));
    } finally {
      keeper.close();
    }
  }
}
