package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dioptra.worker.testing.PythonEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Python with one release of rq: a client to ask, tools to start. */
final class RqPython implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final String interpreter;
  private final String redis;
  private final Process peer;
  private final Writer questions;
  private final BufferedReader answers;

  RqPython(String environment, String redis) throws IOException, InterruptedException {
    this.interpreter = PythonEnvironment.named(environment).interpreter().toString();
    this.redis = redis;
    this.peer =
        new ProcessBuilder(interpreter, resource("rq_peer.py").toString(), redis)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.questions = peer.outputWriter(UTF_8);
    this.answers = peer.inputReader(UTF_8);
  }

  /** Evaluates an expression with the names of {@code rq_peer.py}. */
  JsonNode ask(String expression) {
    try {
      questions.write(JSON.writeValueAsString(expression) + "\n");
      questions.flush();
      JsonNode answer = JSON.readTree(String.valueOf(answers.readLine()));
      if (answer.has("error")) {
        throw new AssertionError(expression + ": " + answer.get("error").stringValue());
      }
      return answer.get("value");
    } catch (IOException e) {
      throw new AssertionError("Python ended: " + expression, e);
    }
  }

  /** Starts rq's command line tool; a worker started so runs the stub of Dioptra's task. */
  Process rq(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(interpreter, "-m", "rq.cli"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--url", redis));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", resource("stub").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return builder.start();
  }

  /** What the tool says, which must succeed. */
  String said(String... arguments) throws IOException, InterruptedException {
    Process tool = rq(arguments);
    String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
    if (tool.waitFor() != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    questions.close();
    peer.destroy();
  }

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(RqPython.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
