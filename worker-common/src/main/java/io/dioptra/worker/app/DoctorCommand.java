package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.doctor.Doctor;
import io.dioptra.worker.doctor.Finding;
import io.dioptra.worker.doctor.FolderTrial;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code dioptra-worker-v1 doctor}: tells whether jobs could run here. Needs no server. */
final class DoctorCommand {
  /** The first word of a command line that asks for it. */
  static final String WORD = "doctor";

  private static final String USAGE =
      """
      Usage: dioptra-worker-v1 doctor [OPTIONS]
      Examines the environment that jobs would run in: imports, versions, conflicts,
      natives, whether the task host starts. Ends with 0 when it found no errors,
      with 1 when it did.

      """;

  private final WorkerEnvironment environment;
  private final Map<String, String> variables;
  private final PrintStream out;
  private final List<Finding> findings = new ArrayList<>();
  private boolean image;
  private boolean json;
  private boolean help;

  private final CommandSyntax syntax =
      new CommandSyntax(
          USAGE,
          List.of(
              Option.flag("-h, --help", "Show this and end.", () -> help = true),
              Option.flag("--image", "Examine the folders of an image too.", () -> image = true),
              Option.flag("--json", "Print one JSON object instead of lines.", () -> json = true)),
          _ -> help = true,
          "");

  DoctorCommand(WorkerEnvironment environment, Map<String, String> variables, PrintStream out) {
    this.environment = environment;
    this.variables = variables;
    this.out = out;
  }

  /** Returns the exit status. */
  int run(List<String> arguments) throws InterruptedException, UsageException {
    syntax.read(arguments);
    if (help) {
      out.println(syntax.help());
      return 0;
    }
    return examine();
  }

  private int examine() throws InterruptedException {
    try {
      Doctor doctor = new Doctor(new ConfigReader(environment, variables).readPython(), this::tell);
      doctor.examineCertificates(new ConfigReader(environment, variables).readTrust());
      doctor.examinePrograms();
      if (image) {
        doctor.examineFolders(new FolderTrial(variables));
      }
    } catch (ConfigException e) {
      tell(new Finding(Finding.Level.ERROR, String.valueOf(e.getMessage()), ""));
    }
    long errors = findings.stream().filter(it -> it.level() == Finding.Level.ERROR).count();
    if (json) {
      out.println(asJson());
    } else {
      out.println(errors == 0 ? "Jobs can run here." : "Jobs would fail here. Errors: " + errors);
    }
    out.flush();
    return errors == 0 ? 0 : 1;
  }

  private void tell(Finding found) {
    findings.add(found);
    if (!json) {
      out.println(found);
      out.flush();
    }
  }

  private String asJson() {
    ArrayNode checks = JsonMapper.shared().createArrayNode();
    for (Finding it : findings) {
      checks
          .addObject()
          .put("level", it.level().word())
          .put("what", it.what())
          .put("advice", it.advice());
    }
    return JsonMapper.shared().createObjectNode().set("checks", checks).toString();
  }
}
