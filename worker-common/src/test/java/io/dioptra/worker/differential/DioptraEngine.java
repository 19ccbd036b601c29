package io.dioptra.worker.differential;

import io.dioptra.worker.testing.DioptraApiVersion;
import io.dioptra.worker.testing.PythonEnvironment;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Dioptra's own engine in a Python process. For one thread. A few cases may be under way: they are
 * answered in their order.
 */
final class DioptraEngine implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final BufferedWriter cases;
  private final BufferedReader answers;

  private DioptraEngine(Process process) {
    this.process = process;
    this.cases = process.outputWriter(StandardCharsets.US_ASCII);
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Starts one that works in a new folder. */
  static DioptraEngine start(DioptraApiVersion version, Path folder)
      throws IOException, InterruptedException {
    Folders.copy("tasks.py", folder.resolve("plugins/plug"));
    Folders.copy("artifacts.py", folder);
    Path program = Folders.copy("dioptra_engine.py", folder);
    Process process =
        new ProcessBuilder(
                PythonEnvironment.named(version.environment()).interpreter().toString(),
                program.toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    DioptraEngine engine = new DioptraEngine(process);
    engine.write(
        Case.json(
            Trees.array(
                Sites.ALL.stream()
                    .map(site -> Trees.array(site.stream().map(Trees::text).toList()))
                    .toList())));
    return engine;
  }

  void ask(Case asked) throws IOException {
    write(asked.line());
  }

  private void write(String line) throws IOException {
    cases.write(line);
    cases.newLine();
    cases.flush();
  }

  /** The answer to the oldest case that has none yet. */
  Answer answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("Dioptra's engine has ended; its reason is on standard error");
    }
    JsonNode answer = JSON.readTree(line);
    return new Answer(
        texts(answer.path("schema")),
        texts(answer.path("issues")),
        told(answer.path("refused")),
        texts(answer.path("order")),
        texts(answer.path("log")),
        told(answer.path("error")));
  }

  private static List<String> texts(JsonNode items) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.stringValue()));
    return texts;
  }

  private static Optional<Answer.Told> told(JsonNode error) {
    return error.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Answer.Told(error.path("type").stringValue(), error.path("message").stringValue()));
  }

  @Override
  public void close() throws IOException {
    try {
      cases.close();
      answers.close();
    } finally {
      process.destroy();
    }
  }
}
