package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.doctor.Doctor;
import io.dioptra.worker.doctor.Finding;
import io.dioptra.worker.doctor.FolderTrial;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code dioptra-worker-v1 doctor}: tells whether jobs could run here. Needs no server. */
@Command(
    name = "dioptra-worker-v1 doctor",
    mixinStandardHelpOptions = true,
    versionProvider = WorkerVersion.class,
    description = {
      "Examines the environment that jobs would run in: imports, versions, conflicts, natives,"
          + " whether the task host starts.",
      "Ends with 0 when it found no errors, with 1 when it did."
    })
final class DoctorCommand implements Callable<Integer> {
  /** The first word of a command line that asks for it. */
  static final String WORD = "doctor";

  private final WorkerEnvironment environment;
  private final Map<String, String> variables;
  private final List<Finding> findings = new ArrayList<>();

  @Option(names = "--image", description = "Examine the folders of an image too.")
  private boolean image;

  @Option(names = "--json", description = "Print one JSON object instead of lines.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand(WorkerEnvironment environment, Map<String, String> variables) {
    this.environment = environment;
    this.variables = variables;
  }

  /** Runs it. Returns the exit status. */
  static int run(WorkerEnvironment environment, Map<String, String> variables, List<String> args) {
    Logging.configure("ERROR", false);
    return new CommandLine(new DoctorCommand(environment, variables))
        .execute(args.toArray(String[]::new));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Doctor doctor =
          new Doctor(
              new ConfigReader(environment, variables).readPython(), found -> tell(found, out));
      doctor.examinePrograms();
      if (image) {
        doctor.examineFolders(new FolderTrial(variables));
      }
    } catch (ConfigException e) {
      tell(new Finding(Finding.Level.ERROR, String.valueOf(e.getMessage()), ""), out);
    }
    long errors = findings.stream().filter(it -> it.level() == Finding.Level.ERROR).count();
    if (json) {
      out.println(asJson());
    } else {
      out.println(errors == 0 ? "Jobs can run here." : errors + " errors: jobs would fail here.");
    }
    out.flush();
    return errors == 0 ? 0 : 1;
  }

  private void tell(Finding found, PrintWriter out) {
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
