package io.dioptra.worker.host;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.TaskResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A process of JVM tasks: of one job at a time, and between jobs of none. */
final class JvmHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JvmHost.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final TaskHost process;
  private final JvmPlace place;
  private final Sink sink;

  /** Where its output goes at the moment. */
  static final class Sink implements TaskEvents {
    private static final TaskEvents NOBODY =
        line -> LOG.info("The JVM task host says between jobs: {}", line.event());
    private volatile TaskEvents target = NOBODY;

    @Override
    public void log(LogLine line) {
      target.log(line);
    }
  }

  /**
   * @param place for which jobs it can be used
   */
  JvmHost(TaskHost process, JvmPlace place, Sink sink) {
    this.process = process;
    this.place = place;
    this.sink = sink;
  }

  long pid() {
    return process.pid();
  }

  JvmPlace place() {
    return place;
  }

  /** Begins a job: its processes may call now. Empty if the process has ended meanwhile. */
  Optional<JvmAddress> open(JobSetting setting, TaskEvents events)
      throws InterruptedException, HostStartException {
    sink.target = events;
    return switch (process.prepare(setting)) {
      case TaskResult.Done<JsonNode>(JsonNode body) ->
          Optional.of(
              new JvmAddress(body.path("socket").asString(""), body.path("token").asString("")));
      case TaskResult.Failed<JsonNode>(TaskFailure.Raised(_, String message, _)) ->
          throw new HostStartException("The JVM task host refuses the job: " + message);
      case TaskResult.Failed<JsonNode> _ -> Optional.empty();
    };
  }

  /** Ends a job. False if a task still runs, or the process has ended. */
  boolean finish() throws InterruptedException {
    boolean finished = process.reset(GRACE);
    sink.target = Sink.NOBODY;
    return finished;
  }

  /** Waits for the end of the process, and says how that was. */
  TaskHost.Ending ending() throws InterruptedException {
    return process.ending();
  }

  /** Lets it write to the log where its tasks are. Completed when it has. */
  CompletableFuture<?> dumpStacks() {
    return process.askForStacks();
  }

  @Override
  public void close() {
    process.close();
  }
}
