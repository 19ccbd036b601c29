package io.dioptra.worker.app;

import io.dioptra.worker.local.ArtifactTasks;
import io.dioptra.worker.local.Finding;
import io.dioptra.worker.local.Subject;
import io.dioptra.worker.local.Validation;
import io.dioptra.worker.source.SourceException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code dioptra-worker-v1 validate}: tells what is wrong with an entrypoint. */
final class ValidateCommand {
  /** The first word of a command line that asks for it. */
  static final String WORD = "validate";

  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 validate [OPTIONS] FILE
      Checks an entrypoint as Dioptra does. FILE is an entrypoint in YAML that a
      dioptra.toml declares, a dioptra.toml with all its entrypoints, or an engine
      configuration in YAML or JSON.
      Ends with 0 when nothing was found, with 1 when something was, with 2 when FILE
      cannot be read.

      """;

  private final SubjectOptions subject = new SubjectOptions();
  private final List<String> artifactTasks = new ArrayList<>();
  private final PrintStream out;
  private boolean json;
  private boolean help;

  private final CommandSyntax syntax =
      new CommandSyntax(
          USAGE,
          Stream.concat(
                  Stream.of(
                      Option.value(
                          "--artifacts",
                          "CLASS,…",
                          "The artifact tasks that may be named. Default: those that the"
                              + " dioptra.toml declares; any, where there is none.",
                          it -> artifactTasks.addAll(List.of(it.split(",")))),
                      Option.flag("-h, --help", "Show this and end.", () -> help = true),
                      Option.flag("--json", "Print a list in JSON.", () -> json = true)),
                  subject.options().stream())
              .toList(),
          subject::word,
          "");

  ValidateCommand(PrintStream out) {
    this.out = out;
  }

  /** Returns the exit status. */
  int run(List<String> arguments) throws UsageException, SourceException {
    syntax.read(arguments);
    if (help) {
      out.println(syntax.help());
      return 0;
    }
    Validation validation = new Validation();
    List<Finding> findings = new ArrayList<>();
    for (Subject each : subject.subjects(WORD)) {
      findings.addAll(validation.findings(each, ArtifactTasks.allowed(each, artifactTasks)));
    }
    if (json) {
      out.println(asJson(findings));
    } else {
      findings.forEach(out::println);
    }
    return findings.isEmpty() ? 0 : 1;
  }

  private static String asJson(List<Finding> findings) {
    ArrayNode list = JsonMapper.shared().createArrayNode();
    for (Finding finding : findings) {
      ObjectNode node =
          list.addObject()
              .put("type", finding.type())
              .put("severity", finding.severity())
              .put("message", finding.message())
              .putNull("line")
              .putNull("column")
              .put("file", finding.file().toString());
      finding.at().ifPresent(at -> node.put("line", at.line()).put("column", at.column()));
    }
    return list.toString();
  }
}
