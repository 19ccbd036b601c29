package io.dioptra.worker.app;

import java.util.List;
import java.util.stream.Stream;

/** Options of rq's worker that mean something in Python only. Each is refused with the reason. */
final class PythonOptions {
  private PythonOptions() {}

  static List<Option> options() {
    return Stream.of(
            refused("-c, --config", "a settings module is Python: give its values as options"),
            refused("-w, --worker-class", "this worker is not a class of Python"),
            refused("-j, --job-class", "jobs are read as rq writes them"),
            refused("--queue-class", "queues are read as rq writes them"),
            refused("--connection-class", "the URL says how Redis is reached"),
            refused("-P, --path", "no code is imported into the worker"),
            refused("--exception-handler", "failures go to Dioptra, to MLflow and to RQ"),
            refused(
                "-d, --disable-default-exception-handler",
                "failures go to Dioptra, to MLflow and to RQ"),
            refused(
                "--log-format", "set DIOPTRA_RQ_WORKER_LOG_AS_JSON for lines that programs read"),
            refused(
                "--date-format", "set DIOPTRA_RQ_WORKER_LOG_AS_JSON for lines that programs read"),
            refused("--sentry-dsn", "the worker reports to Dioptra and to its log"))
        .toList();
  }

  private static Option refused(String names, String reason) {
    return Option.hidden(
        names,
        () -> {
          throw new IllegalArgumentException("it is for workers in Python; " + reason);
        });
  }
}
