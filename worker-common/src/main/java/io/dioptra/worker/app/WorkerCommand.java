package io.dioptra.worker.app;

import io.dioptra.worker.config.CommandLine;
import io.dioptra.worker.config.ServiceAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code dioptra-worker-v1}, with the names that rq's worker uses. */
@Command(
    name = "dioptra-worker-v1",
    mixinStandardHelpOptions = true,
    versionProvider = WorkerVersion.class,
    description = "Takes jobs of Dioptra from queues on Redis and runs them, one after the other.",
    footer = {
      "",
      "dioptra-worker-v1 doctor --help: whether jobs could run here. Behind -- it is a queue's"
          + " name.",
      "",
      "Environment: DIOPTRA_API, DIOPTRA_WORKER_USERNAME, DIOPTRA_WORKER_PASSWORD,",
      "MLFLOW_TRACKING_URI and MLFLOW_S3_ENDPOINT_URL (which may be empty) have to be set."
    })
final class WorkerCommand {
  @Parameters(
      paramLabel = "QUEUES",
      arity = "0..*",
      description =
          "The queues to take jobs from, in this order. Default: the one with the image's name.")
  private List<String> queues = new ArrayList<>();

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      description =
          "The URL of Redis. Default: RQ_REDIS_URI, else RQ_REDIS_URL, else"
              + " redis://localhost:6379/0.")
  private @Nullable String url;

  @Option(
      names = "--results-ttl",
      paramLabel = "SECONDS",
      description = "How long RQ keeps the result of a finished job. Default: 500.")
  private @Nullable Integer resultsTtl;

  @Option(
      names = "--wait-for",
      paramLabel = "HOST:PORT",
      converter = ServiceAddressOption.class,
      description = "Do not begin before this server takes connections. May be repeated.")
  private List<ServiceAddress> waitFor = new ArrayList<>();

  @Option(
      names = "--wait-timeout",
      paramLabel = "SECONDS",
      converter = SecondsOption.class,
      defaultValue = "300",
      description = "How long to wait for all of them; 0 for no limit. Default: 300.")
  private Duration waitLimit = Duration.ZERO;

  @Option(
      names = {"-b", "--burst"},
      description = "End when all queues are empty.")
  private boolean burst;

  @Option(
      names = "--preload",
      paramLabel = "auto|none|MODULES",
      defaultValue = "auto",
      description =
          "The Python modules to import before the first job, separated by commas."
              + " Default: auto, what the environment declares.")
  private String preload = "auto";

  @Option(
      names = "--job-credentials",
      paramLabel = "relay|worker",
      defaultValue = "relay",
      description =
          "With whose account plugins use Dioptra's client. relay: one of their own, which may read"
              + " everything but write only the job's own metrics, log and artifacts. worker: the"
              + " worker's, as Dioptra's worker does. Default: relay.")
  private String jobCredentials = "relay";

  @Option(
      names = "--require-gpu",
      description = "Refuse to start where jobs would have no GPU, instead of using the CPU.")
  private boolean requireGpu;

  CommandLine said() {
    return new CommandLine(
        queues, Optional.ofNullable(url), Optional.ofNullable(resultsTtl), preload, jobCredentials);
  }

  List<ServiceAddress> waitFor() {
    return waitFor;
  }

  /** Zero for no limit. */
  Duration waitLimit() {
    return waitLimit;
  }

  boolean requireGpu() {
    return requireGpu;
  }

  boolean burst() {
    return burst;
  }
}
