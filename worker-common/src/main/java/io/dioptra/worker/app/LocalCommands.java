package io.dioptra.worker.app;

import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.source.SourceException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The commands for people who write entrypoints. They need no server. */
final class LocalCommands {
  /** What is wrong is the command line, or a file that cannot be read. */
  private static final int UNREADABLE = 2;

  private final WorkerEnvironment environment;
  private final Map<String, String> variables;
  private final PrintStream out;
  private final PrintStream err;

  LocalCommands(
      WorkerEnvironment environment,
      Map<String, String> variables,
      PrintStream out,
      PrintStream err) {
    this.environment = environment;
    this.variables = variables;
    this.out = out;
    this.err = err;
  }

  /** Returns the exit status. */
  int run(String word, List<String> arguments) {
    Logging.configure("ERROR", false);
    try {
      return switch (word) {
        case ValidateCommand.WORD -> new ValidateCommand(out).run(arguments);
        case OrderCommand.WORD -> new OrderCommand(out, err).run(arguments);
        default -> new RunLocalCommand(environment, variables, out, err).run(arguments);
      };
    } catch (UsageException | SourceException e) {
      err.println(e.getMessage());
      return UNREADABLE;
    } finally {
      out.flush();
    }
  }
}
