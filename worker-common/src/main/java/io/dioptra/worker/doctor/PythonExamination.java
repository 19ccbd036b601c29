package io.dioptra.worker.doctor;

import io.dioptra.worker.config.PythonSettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the Python environment examine itself, in a process that may fail in any way. */
final class PythonExamination {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long LIMIT_MINUTES = 10;

  private final PythonSettings python;

  PythonExamination(PythonSettings python) {
    this.python = python;
  }

  void examine(Consumer<Finding> findings) throws InterruptedException {
    try {
      follow(start(), findings);
    } catch (IOException e) {
      findings.accept(
          Finding.error(
              "Python cannot be started: " + e.getMessage(),
              "let DIOPTRA_WORKER_PYTHON name the interpreter that runs the tasks"));
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(python.interpreter().toString());
    command.addAll(List.of("-P", "-m", "dioptra_task_host.doctor"));
    command.addAll(python.preload());
    // What modules say while they are imported is for nobody.
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(python.environment());
    // As for jobs: ours goes first, the site's own folders stay.
    python
        .taskHost()
        .ifPresent(
            it ->
                builder
                    .environment()
                    .merge(
                        "PYTHONPATH",
                        it.toString(),
                        (own, ours) -> ours + File.pathSeparator + own));
    return builder.start();
  }

  private static void follow(Process process, Consumer<Finding> findings)
      throws IOException, InterruptedException {
    String last = "nothing";
    var watch =
        process
            .onExit()
            .orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES)
            .exceptionally(_ -> process.destroyForcibly());
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode said = JSON.readTree(line);
        last = said.path("what").asString();
        findings.accept(
            new Finding(
                Finding.Level.of(said.path("level").asString()),
                last,
                said.path("advice").asString()));
      }
    }
    int status = watch.join().waitFor();
    if (status != 0) {
      findings.accept(
          Finding.error(
              "Python ended with exit status %d after \"%s\"".formatted(status, last),
              "run %s -m dioptra_task_host.doctor to see why"
                  .formatted(process.info().command().orElse("python"))));
    }
  }
}
