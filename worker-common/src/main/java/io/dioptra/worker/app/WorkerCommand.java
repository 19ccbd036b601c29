package io.dioptra.worker.app;

import io.dioptra.worker.config.CommandLine;
import io.dioptra.worker.config.ServiceAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line of {@code dioptra-worker-v1}, with the names that rq's worker uses. */
final class WorkerCommand {
  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 [OPTIONS] [QUEUES]...
             dioptra-worker-v1 doctor [--help]
      Takes jobs of Dioptra from queues on Redis and runs them, one after the other.
      The queues are looked at in this order. Default: the one with the image's name.

      """;

  private static final String FOOTER =
      """

      Environment: DIOPTRA_API, DIOPTRA_WORKER_USERNAME, DIOPTRA_WORKER_PASSWORD,
      MLFLOW_TRACKING_URI and MLFLOW_S3_ENDPOINT_URL (which may be empty) have to be
      set. Where a queue has the name doctor: dioptra-worker-v1 -- doctor\
      """;

  private final List<String> queues = new ArrayList<>();
  private final List<ServiceAddress> waitFor = new ArrayList<>();
  private Optional<String> url = Optional.empty();
  private Optional<Integer> resultsTtl = Optional.empty();
  private Duration waitLimit = Duration.ofMinutes(5);
  private String preload = "auto";
  private String jobCredentials = "relay";
  private boolean requireGpu;
  private boolean burst;
  private Ask ask = Ask.WORK;

  /** What the command line asks for. */
  enum Ask {
    WORK,
    HELP,
    VERSION
  }

  private final CommandSyntax syntax =
      new CommandSyntax(
          USAGE,
          List.of(
              Option.flag("-b, --burst", "End when all queues are empty.", () -> burst = true),
              Option.flag("-h, --help", "Show this and end.", () -> ask = Ask.HELP),
              Option.value(
                  "--job-credentials",
                  "relay|worker",
                  "With whose account plugins use Dioptra's client. relay: one of their own, which"
                      + " may read everything but write only the job's own metrics, log and"
                      + " artifacts. worker: the worker's, as Dioptra's worker does. Default:"
                      + " relay.",
                  it -> jobCredentials = it),
              Option.value(
                  "--preload",
                  "auto|none|MODULES",
                  "The Python modules to import before the first job, separated by commas."
                      + " Default: auto, what the environment declares.",
                  it -> preload = it),
              Option.flag(
                  "--require-gpu",
                  "Refuse to start where jobs would have no GPU, instead of using the CPU.",
                  () -> requireGpu = true),
              Option.value(
                  "--results-ttl",
                  "SECONDS",
                  "How long RQ keeps the result of a finished job; -1 for ever. Default: 500.",
                  it -> resultsTtl = Optional.of(whole(it))),
              Option.value(
                  "-u, --url",
                  "URL",
                  "The URL of Redis. Default: RQ_REDIS_URI, else RQ_REDIS_URL, else"
                      + " redis://localhost:6379/0.",
                  it -> url = Optional.of(it)),
              Option.flag("-V, --version", "Show the version and end.", () -> ask = Ask.VERSION),
              Option.value(
                  "--wait-for",
                  "HOST:PORT",
                  "Do not begin before this server takes connections. May be repeated.",
                  it -> waitFor.add(ServiceAddress.parse(it))),
              Option.value(
                  "--wait-timeout",
                  "SECONDS",
                  "How long to wait for all of them; 0 for no limit. Default: 300.",
                  it -> waitLimit = seconds(it))),
          queues::add,
          FOOTER);

  void read(List<String> arguments) throws UsageException {
    syntax.read(arguments);
  }

  String help() {
    return syntax.help();
  }

  Ask ask() {
    return ask;
  }

  CommandLine said() {
    return new CommandLine(queues, url, resultsTtl, preload, jobCredentials);
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

  private static Duration seconds(String text) {
    int seconds = whole(text);
    if (seconds < 0) {
      throw new IllegalArgumentException("\"" + text + "\" is negative");
    }
    return Duration.ofSeconds(seconds);
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no number of seconds", e);
    }
  }
}
