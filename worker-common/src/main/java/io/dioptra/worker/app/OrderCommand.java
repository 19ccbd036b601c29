package io.dioptra.worker.app;

import io.dioptra.worker.engine.TaskGraph;
import io.dioptra.worker.local.ArtifactTasks;
import io.dioptra.worker.local.Finding;
import io.dioptra.worker.local.Selection;
import io.dioptra.worker.local.StepDrawing;
import io.dioptra.worker.local.Subject;
import io.dioptra.worker.local.Validation;
import io.dioptra.worker.source.SourceException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code dioptra-worker-v1 order}: tells in which order the steps of an entrypoint run. */
final class OrderCommand {
  /** The first word of a command line that asks for it. */
  static final String WORD = "order";

  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 order [OPTIONS] FILE
      Prints the steps of an entrypoint in the order in which they run, one a line.
      FILE is as for validate. Ends with 1 when the entrypoint is not valid, with 2 when
      FILE cannot be read.

      """;

  private final SubjectOptions subject = new SubjectOptions();
  private final PrintStream out;
  private final PrintStream err;
  private boolean dot;
  private boolean help;

  private final CommandSyntax syntax =
      new CommandSyntax(
          USAGE,
          Stream.concat(
                  Stream.of(
                      Option.flag(
                          "--dot", "Print a drawing for Graphviz instead.", () -> dot = true),
                      Option.flag("-h, --help", "Show this and end.", () -> help = true),
                      subject.swap()),
                  subject.options().stream())
              .toList(),
          subject::word,
          "");

  OrderCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Returns the exit status. */
  int run(List<String> arguments) throws UsageException, SourceException {
    syntax.read(arguments);
    if (help) {
      out.println(syntax.help());
      return 0;
    }
    Subject meant = subject.subject(WORD);
    Map<String, String> selection = Selection.of(meant, subject.swaps());
    Validation.Verdict verdict =
        new Validation().verdict(meant, selection, ArtifactTasks.allowed(meant, List.of()));
    verdict.findings().stream().map(Finding::toString).forEach(err::println);
    if (verdict.graph().isEmpty()) {
      return 1;
    }
    TaskGraph graph = verdict.graph().get();
    if (dot) {
      out.print(StepDrawing.of(meant.name(), graph.needs()));
    } else {
      graph.steps().forEach(out::println);
    }
    return 0;
  }
}
