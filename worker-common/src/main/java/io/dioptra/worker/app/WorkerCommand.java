package io.dioptra.worker.app;

import io.dioptra.worker.config.CommandLine;
import io.dioptra.worker.config.ServiceAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line of {@code dioptra-worker-v1}, with the names that rq's worker uses. */
final class WorkerCommand {
  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 [OPTIONS] [QUEUES]...
             dioptra-worker-v1 doctor|tasks|validate|order|run-local [--help]
      Takes jobs of Dioptra from queues on Redis and runs them.
      The queues are looked at in this order. Default: the one with the image's name.

      """;

  private static final String FOOTER =
      """

      Environment: DIOPTRA_API, DIOPTRA_WORKER_USERNAME, DIOPTRA_WORKER_PASSWORD,
      MLFLOW_TRACKING_URI and MLFLOW_S3_ENDPOINT_URL (which may be empty) have to be
      set. Where a queue has the name of a command: dioptra-worker-v1 -- doctor\
      """;

  private final List<String> queues = new ArrayList<>();
  private final List<ServiceAddress> waitFor = new ArrayList<>();
  private final RqOptions rq = new RqOptions();
  private final WorkOptions work = new WorkOptions();
  private final JobOptions job = new JobOptions();
  private final TemplateOptions template = new TemplateOptions();
  private Optional<String> url = Optional.empty();
  private Optional<String> logLevel = Optional.empty();
  private Optional<Path> pidFile = Optional.empty();
  private Duration waitLimit = Duration.ofMinutes(5);
  private boolean requireGpu;
  private Ask ask = Ask.WORK;

  /** What the command line asks for. */
  enum Ask {
    WORK,
    HELP,
    VERSION
  }

  private final CommandSyntax syntax = new CommandSyntax(USAGE, options(), queues::add, FOOTER);

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
    return new CommandLine(
        queues,
        url,
        rq.settings(),
        work.settings(),
        job.settings(),
        template.preload(),
        template.settings(),
        logLevel);
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

  /** Where to write the number of the worker's process. */
  Optional<Path> pidFile() {
    return pidFile;
  }

  /** In the order of their names. */
  private List<Option> options() {
    return Stream.of(
            own(),
            rq.options(),
            work.options(),
            job.options(),
            template.options(),
            PythonOptions.options())
        .flatMap(List::stream)
        .sorted(Comparator.comparing(option -> option.names().getLast()))
        .toList();
  }

  private List<Option> own() {
    return List.of(
        Option.hidden("--disable-job-desc-logging", () -> {}),
        Option.flag("-h, --help", "Show this and end.", () -> ask = Ask.HELP),
        Option.value(
            "--logging_level, --logging-level",
            "LEVEL",
            "DEBUG, INFO, WARNING or ERROR. Default: DIOPTRA_RQ_WORKER_LOG_LEVEL, else INFO.",
            it -> logLevel = Optional.of(it)),
        Option.value(
            "--pid",
            "FILE",
            "Write the number of the worker's process into this file.",
            it -> pidFile = Optional.of(Path.of(it))),
        Option.flag("-q, --quiet", "Log warnings only.", () -> logLevel = Optional.of("WARNING")),
        Option.flag(
            "--require-gpu",
            "Refuse to start where jobs would have no GPU, instead of using the CPU.",
            () -> requireGpu = true),
        Option.value(
            "-u, --url",
            "URL",
            "The URL of Redis. It may begin with redis://, rediss:// (TLS), unix://,"
                + " redis+sentinel:// or rediss+sentinel://. Default: RQ_REDIS_URI, else"
                + " RQ_REDIS_URL, else redis://localhost:6379/0.",
            it -> url = Optional.of(it)),
        Option.flag(
            "-v, --verbose", "Log more, for debugging.", () -> logLevel = Optional.of("DEBUG")),
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
            it -> waitLimit = OptionValue.seconds(it)));
  }
}
