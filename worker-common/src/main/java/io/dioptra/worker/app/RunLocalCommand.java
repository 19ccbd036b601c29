package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.PythonSettings;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.local.LocalRun;
import io.dioptra.worker.local.RunOrder;
import io.dioptra.worker.local.Subject;
import io.dioptra.worker.source.SourceException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** {@code dioptra-worker-v1 run-local}: runs an entrypoint here. Needs no server. */
final class RunLocalCommand {
  /** The first word of a command line that asks for it. */
  static final String WORD = "run-local";

  private static final int INTERRUPTED = 130;
  private static final Duration START = Duration.ofMinutes(1);

  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 run-local [OPTIONS] FILE
      Runs an entrypoint here, without Dioptra, Redis and MLflow, and shows its log.
      FILE is as for validate. Ends with 0 when the run finished, with 1 when it failed,
      with 2 when FILE or what else is given cannot be read, with 130 after Ctrl-C.

      """;

  private final SubjectOptions subject = new SubjectOptions();
  private final SequencedMap<String, String> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, String> inputs = new LinkedHashMap<>();
  private final WorkerEnvironment environment;
  private final Map<String, String> variables;
  private final PrintStream out;
  private final PrintStream err;
  private Optional<Path> plugins = Optional.empty();
  private Optional<Path> artifactsTo = Optional.empty();
  private String level = "INFO";
  private boolean help;

  private final CommandSyntax syntax = new CommandSyntax(USAGE, options(), subject::word, "");

  RunLocalCommand(
      WorkerEnvironment environment,
      Map<String, String> variables,
      PrintStream out,
      PrintStream err) {
    this.environment = environment;
    this.variables = variables;
    this.out = out;
    this.err = err;
  }

  private List<Option> options() {
    Stream<Option> own =
        Stream.of(
            Option.value(
                "--artifact",
                "NAME=[CLASS:]PATH",
                "An input artifact: a file or folder, and the artifact task that reads it where"
                    + " several fit. May be repeated.",
                it -> SubjectOptions.put(inputs, it)),
            Option.value(
                "--artifacts-to",
                "DIR",
                "Keep the output artifacts in this folder.",
                it -> artifactsTo = Optional.of(Path.of(it))),
            Option.flag("-h, --help", "Show this and end.", () -> help = true),
            Option.value(
                "--logging-level",
                "LEVEL",
                "DEBUG, INFO, WARNING or ERROR. Default: INFO.",
                it -> level = it.toUpperCase(Locale.ROOT)),
            Option.value(
                "-P, --parameter",
                "NAME=VALUE",
                "The value of a parameter, as text. May be repeated.",
                it -> SubjectOptions.put(parameters, it)),
            Option.value(
                "--plugins",
                "DIR",
                "The folder of the plugins' folders. Default: where the dioptra.toml says.",
                it -> plugins = Optional.of(Path.of(it))),
            subject.swap());
    return Stream.concat(own, subject.options().stream()).toList();
  }

  /** Returns the exit status. */
  int run(List<String> arguments) throws UsageException, SourceException {
    syntax.read(arguments);
    if (help) {
      out.println(syntax.help());
      return 0;
    }
    Subject meant = subject.subject(WORD);
    RunOrder order = new RunOrder(parameters, inputs, subject.swaps(), plugins, artifactsTo, level);
    try {
      PythonSettings python = new ConfigReader(environment, variables).readPython();
      endOnSignal();
      return new LocalRun(hosts(python), workFolder(), out, err).run(meant, order) ? 0 : 1;
    } catch (ConfigException | StartException e) {
      throw new SourceException(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      err.println("The run was stopped.");
      return INTERRUPTED;
    }
  }

  /** The first one ends the run and its processes in order, a second one at once. */
  private static void endOnSignal() throws StartException {
    Thread runner = Thread.currentThread();
    AtomicBoolean asked = new AtomicBoolean();
    Signals.handle(
        () -> {
          if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          runner.interrupt();
        });
  }

  private Path workFolder() {
    return Stream.of("DIOPTRA_WORKDIR", "TMPDIR")
        .map(name -> variables.getOrDefault(name, ""))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .map(Path::of)
        .orElse(Path.of("/tmp"));
  }

  private static HostSettings hosts(PythonSettings python) {
    return new HostSettings(
        python.interpreter(),
        python.taskHost(),
        PreloadSettings.NONE,
        TemplateLife.FOR_EVER,
        python.environment(),
        START,
        START);
  }
}
