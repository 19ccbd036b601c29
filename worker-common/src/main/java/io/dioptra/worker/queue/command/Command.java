package io.dioptra.worker.queue.command;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody tells one worker. */
public sealed interface Command {
  /** End, as after a signal. */
  record Shutdown() implements Command {}

  /** End whatever runs, as if it had crashed. */
  record KillHorse() implements Command {}

  /** Stop this job, if it is the one that runs. */
  record StopJob(String job) implements Command {}

  /** The same of one attempt at it; RQ 3 says it so. */
  record StopExecution(String job, String execution) implements Command {}

  /** Returns empty for a message that is no command, or none that is known. */
  static Optional<Command> read(String message) {
    JsonNode fields;
    try {
      fields = new JsonMapper().readTree(message);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return switch (text(fields, "command").orElse("")) {
      case "shutdown" -> Optional.of(new Shutdown());
      case "kill-horse" -> Optional.of(new KillHorse());
      case "stop-job" -> text(fields, "job_id").map(StopJob::new);
      case "stop-execution" ->
          text(fields, "job_id")
              .flatMap(job -> text(fields, "execution_id").map(it -> new StopExecution(job, it)));
      case String _ -> Optional.empty();
    };
  }

  /** A number is no id, whatever its digits. */
  private static Optional<String> text(JsonNode fields, String name) {
    return Optional.of(fields.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
