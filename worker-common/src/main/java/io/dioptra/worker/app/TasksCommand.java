package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.host.JvmTaskList;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code dioptra-worker-v1 tasks}: shows the JVM tasks that jobs would find. Needs no server. */
final class TasksCommand {
  /** The first word of a command line that asks for it. */
  static final String WORD = "tasks";

  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 tasks [OPTIONS] [LIBRARIES]...
      Lists the tasks in Java that jobs find here, with what they take and give; or
      writes what Dioptra imports so that entrypoints can call them. Default: all
      libraries. Ends with 1 when a library cannot be used.

      """;

  private static final String FOOTER =
      """

      Environment: DIOPTRA_WORKER_JARS is the folder of the site's jars, /dioptra/jars
      if it is not set; see docs/jvm-tasks.md.\
      """;

  private final WorkerEnvironment environment;
  private final Map<String, String> variables;
  private final PrintStream out;
  private final List<String> libraries = new ArrayList<>();
  private String form = "list";
  private boolean help;

  private final CommandSyntax syntax =
      new CommandSyntax(
          USAGE,
          List.of(
              Option.flag("-h, --help", "Show this and end.", () -> help = true),
              Option.value(
                  "--plugin",
                  "DIR",
                  "Write dioptra.toml and a plugin for each library into this folder.",
                  it -> form = "plugin=" + it),
              Option.flag("--toml", "Print dioptra.toml.", () -> form = "toml")),
          libraries::add,
          FOOTER);

  TasksCommand(WorkerEnvironment environment, Map<String, String> variables, PrintStream out) {
    this.environment = environment;
    this.variables = variables;
    this.out = out;
  }

  /** Returns the exit status. */
  int run(List<String> arguments)
      throws UsageException, ConfigException, IOException, InterruptedException {
    syntax.read(arguments);
    if (help) {
      out.println(syntax.help());
      return 0;
    }
    List<String> said = new ArrayList<>(List.of(form));
    said.addAll(libraries);
    var python = new ConfigReader(environment, variables).readPython();
    return new JvmTaskList(python.interpreter(), python.environment()).show(said);
  }
}
