package io.dioptra.worker.queue.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  @Test
  void rqsCommandsAreRead() {
    assertThat(Command.read("{\"command\": \"shutdown\"}")).contains(new Command.Shutdown());
    assertThat(Command.read("{\"command\": \"kill-horse\", \"more\": [1]}"))
        .contains(new Command.KillHorse());
    assertThat(Command.read("{\"command\": \"stop-job\", \"job_id\": \"12\"}"))
        .contains(new Command.StopJob("12"));
    assertThat(
            Command.read(
                "{\"command\": \"stop-execution\", \"job_id\": \"12\", \"execution_id\": \"ab\"}"))
        .contains(new Command.StopExecution("12", "ab"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shutdown",
        "{",
        "[]",
        "null",
        "\"shutdown\"",
        "{\"command\": null}",
        "{\"command\": [\"shutdown\"]}",
        "{\"command\": \"Shutdown\"}",
        "{\"command\": \"stop-job\"}",
        "{\"command\": \"stop-job\", \"job_id\": 12}",
        "{\"command\": \"stop-execution\", \"job_id\": \"12\"}",
        "{\"command\": \"stop-execution\", \"execution_id\": \"ab\"}",
        "\u0000\ufffd"
      })
  void anythingElseIsNone(String message) {
    assertThat(Command.read(message)).isEmpty();
  }
}
