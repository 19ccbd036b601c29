package io.dioptra.worker.run;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.StatusAnswer;
import io.dioptra.worker.engine.Checked;
import io.dioptra.worker.engine.GraphCheck;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.JobOutcome.Failed;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.report.JobLog;
import io.dioptra.worker.report.StatusReport;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.run.Crew.Errand;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.telemetry.PhaseTimes;
import io.dioptra.worker.tracking.RunStatus;
import io.dioptra.worker.tracking.TrackingException;
import io.dioptra.worker.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs jobs, each to its one outcome, whatever its plugins do. Every job that Dioptra lets start is
 * given its final status here. Several threads may run one job each.
 */
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final String JOB_KEY = "job_id";

  private final Neighbours neighbours;
  private final AttemptSettings settings;
  private final MonotonicClock monotonic;
  private final Clock clock;
  private final GraphCheck check = new GraphCheck();

  public JobRunner(
      Neighbours neighbours, AttemptSettings settings, MonotonicClock monotonic, Clock clock) {
    this.neighbours = neighbours;
    this.settings = settings;
    this.monotonic = monotonic;
    this.clock = clock;
  }

  /** Does once what costs the first job half a second: the checks read their schema and compile. */
  public void warmUp() {
    Value.Members task = members("plugin", new Value.Text("warm.up"));
    Value.Members tasks = members("up", task);
    Value.Members graph = members("step", members("up", Value.items()));
    SequencedMap<String, Value> configuration = new LinkedHashMap<>();
    configuration.put("tasks", tasks);
    configuration.put("graph", graph);
    Checked checked = check.check(new Value.Members(configuration), new LinkedHashMap<>());
    LOG.debug("Warmed up: {}", checked);
  }

  private static Value.Members members(String name, Value value) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    members.put(name, value);
    return new Value.Members(members);
  }

  /**
   * Runs a job to its end and reports it.
   *
   * @param order completed with the outcome that the job is to have instead of its own, when it is
   *     no longer to be run
   */
  public JobOutcome run(Assignment assignment, CompletionStage<JobOutcome> order)
      throws InterruptedException {
    JobTicket ticket = assignment.ticket();
    PhaseTimes times = new PhaseTimes(monotonic::nanoTime);
    Interruption interruption = new Interruption();
    order.thenAccept(interruption::order).exceptionally(_ -> null);
    try (var _ = MDC.putCloseable(JOB_KEY, ticket.job().toString());
        var _ =
            new JobDeadline(
                ticket.timeout(),
                () -> interruption.orderSoftly(timeIsOver(ticket), settings.limits().grace()));
        Workspace workspace = Workspace.open(settings.work(), "job-" + ticket.job());
        Crew crew = new Crew("job-" + ticket.job());
        JobLog log = new JobLog(neighbours.api(), ticket.job(), Patience.of(settings.lastWord()))) {
      Attempt attempt =
          new Attempt(
              assignment,
              neighbours,
              settings,
              check,
              new Attempt.Scene(workspace, crew, log, interruption, times, clock, monotonic));
      JobOutcome outcome = outcome(attempt, interruption);
      if (attempt.begun()) {
        conclude(attempt, outcome, ticket, crew, log);
      }
      times.end("end");
      LOG.info("Job phases job={} status={} {}", ticket.job(), outcome.status().word(), times);
      return outcome;
    } catch (IOException e) {
      return refuse(ticket, Failures.of(e));
    }
  }

  /** Ends a job that has no place to run: Dioptra lets only a started job fail. */
  private JobOutcome refuse(JobTicket ticket, Failed failure) throws InterruptedException {
    LOG.error("Job {} cannot begin: {}", ticket.job(), failure.message());
    try {
      Patience patience = Patience.of(settings.lastWord());
      StatusAnswer started =
          neighbours
              .api()
              .setStatus(ticket.experiment(), ticket.job(), JobStatus.STARTED, patience);
      if (started instanceof StatusAnswer.Accepted) {
        report(ticket, failure);
      }
    } catch (ApiException e) {
      LOG.error("Dioptra could not be told of job {}: {}", ticket.job(), e.getMessage());
    }
    return failure;
  }

  private static JobOutcome outcome(Attempt attempt, Interruption interruption)
      throws InterruptedException {
    JobOutcome outcome;
    try {
      outcome = attempt.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      outcome = Failures.of(e);
    }
    // An order ends the host, which looks like a failure of the job; the order is the reason.
    boolean finished = outcome instanceof JobOutcome.Finished;
    return finished ? outcome : interruption.ordered().orElse(outcome);
  }

  /** The last line, the end of the MLflow run, the rest of the log, and then the final status. */
  private void conclude(
      Attempt attempt, JobOutcome outcome, JobTicket ticket, Crew crew, JobLog log)
      throws InterruptedException {
    AttemptLog lines = new AttemptLog(log, clock);
    Optional<JobUsage> usage = attempt.usage();
    usage.ifPresent(lines::usage);
    lines.end(ticket, outcome);
    usage.ifPresent(it -> attempt.tracked().ifPresent(run -> run.recordUsage(it, crew)));
    Errand<Boolean> ended = crew.send(() -> endRun(attempt, outcome));
    log.hurry();
    try {
      var _ = ended.result();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      lines.warning("The MLflow run was not ended and stays RUNNING: " + e.getMessage());
    }
    var _ = log.close(Duration.ofMinutes(5));
    report(ticket, outcome);
  }

  private static boolean endRun(Attempt attempt, JobOutcome outcome)
      throws TrackingException, InterruptedException {
    Optional<TrackedRun> run = attempt.tracked();
    if (run.isPresent()) {
      run.get()
          .end(
              switch (outcome) {
                case JobOutcome.Finished _ -> RunStatus.FINISHED;
                case Failed _ -> RunStatus.FAILED;
                case JobOutcome.Stopped _, JobOutcome.GivenBack _ -> RunStatus.KILLED;
              });
    }
    return run.isPresent();
  }

  private void report(JobTicket ticket, JobOutcome outcome) throws InterruptedException {
    try {
      StatusAnswer answer =
          new StatusReport(neighbours.api(), monotonic)
              .send(ticket.experiment(), ticket.job(), outcome.status(), settings.lastWord());
      switch (answer) {
        case StatusAnswer.Accepted _ -> {}
        case StatusAnswer.NotAllowed(var current) ->
            LOG.warn(
                "Job {} ended as {}, but somebody has set it to {} meanwhile",
                ticket.job(),
                outcome.status().word(),
                current.word());
        case StatusAnswer.Gone(String message) ->
            LOG.warn("Job {} was deleted while it ran: {}", ticket.job(), message);
      }
    } catch (ApiException e) {
      LOG.error(
          "Job {} ended as {}, but Dioptra could not be told and shows it as started: {}",
          ticket.job(),
          outcome.status().word(),
          e.getMessage());
    }
  }

  private static JobOutcome timeIsOver(JobTicket ticket) {
    long seconds = ticket.timeout().map(Duration::toSeconds).orElse(0L);
    return new Failed(
        FailureKind.RESOURCE,
        "The job was ended: Task exceeded maximum timeout value (%d seconds). A longer timeout can be given when the job is submitted."
            .formatted(seconds));
  }
}
