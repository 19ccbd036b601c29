package io.dioptra.worker.run;

import io.dioptra.worker.engine.Issue;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Severity;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.Value;
import java.time.InstantSource;

/** The lines that the worker itself adds to a job's log, under the names users know. */
final class AttemptLog {
  private static final String JOB_LOGGER = "dioptra.rq.tasks.run_v1_dioptra_job";
  private static final String RUN_LOGGER = "dioptra.sdk.utilities.run_dioptra_job";

  private final TaskEvents events;
  private final InstantSource clock;

  AttemptLog(TaskEvents events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  void issue(Issue issue) {
    boolean error = issue.severity() == Issue.Severity.ERROR;
    String message = PythonText.repr(new Value.Text(issue.message()));
    line(
        error ? Severity.ERROR : Severity.WARNING,
        RUN_LOGGER,
        error ? "Found error in Job YAML" : "Found issue with Job YAML",
        "message=" + message,
        "");
  }

  void info(String text) {
    line(Severity.INFO, RUN_LOGGER, text, "", "");
  }

  void warning(String text) {
    line(Severity.WARNING, RUN_LOGGER, text, "", "");
  }

  void usage(JobUsage usage) {
    line(Severity.INFO, RUN_LOGGER, usage.text(), "", "");
  }

  /** The last line: how the job ended and, where it failed, why and who can mend it. */
  void end(JobTicket ticket, JobOutcome outcome) {
    String fields = "experiment_id=%s job_id=%s".formatted(ticket.experiment(), ticket.job());
    switch (outcome) {
      case JobOutcome.Finished _ ->
          line(Severity.INFO, JOB_LOGGER, "=== Run succeeded ===", fields, "");
      case JobOutcome.Failed(var kind, String message) ->
          line(
              Severity.ERROR,
              JOB_LOGGER,
              "=== Run failed ===",
              fields,
              message + "\nThis can be mended by " + kind.whoCanAct() + ".");
      case JobOutcome.Stopped(String reason) ->
          line(Severity.ERROR, JOB_LOGGER, "=== Run stopped ===", fields, reason);
      case JobOutcome.GivenBack(String reason) ->
          line(Severity.WARNING, JOB_LOGGER, "=== Run given back ===", fields, reason);
    }
  }

  private void line(Severity severity, String logger, String event, String fields, String details) {
    events.log(new LogLine(clock.instant(), severity, logger, event, fields, details));
  }
}
