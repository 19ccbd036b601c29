package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The transcripts in {@code protocol/}, which the Python side reads too. */
class TranscriptTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  record Line(String from, JsonNode message) {
    @Override
    public String toString() {
      return from + ": " + message;
    }
  }

  static List<Line> fromTheWorker() throws IOException {
    return lines("worker");
  }

  static List<Line> fromThePythonSide() throws IOException {
    List<Line> all = new ArrayList<>(lines("template"));
    all.addAll(lines("host"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("fromTheWorker")
  void theWorkersRequestsAreWrittenAsTheTranscriptsHaveThem(Line line) throws IOException {
    if (line.message().path("type").asString().equals("quit")) {
      return; // The worker closes the connection instead, which says the same.
    }
    long id = line.message().get("id").longValue();
    String written = JSON.writeValueAsString(encoded(line.message(), id));
    assertThat(JSON.readTree(written)).isEqualTo(line.message());
  }

  private static JsonNode encoded(JsonNode it, long id) throws IOException {
    return switch (it.get("type").stringValue()) {
      case "granted" ->
          new HostReply.Granted(id, it.get("socket").stringValue(), it.get("token").stringValue())
              .encode();
      case "refused" ->
          new HostReply.Refused(
                  id, it.get("message").stringValue(), it.get("memory").booleanValue())
              .encode();
      default -> TranscriptRequests.read(it).encode(id);
    };
  }

  @ParameterizedTest
  @MethodSource("fromThePythonSide")
  void whatThePythonSideSaysIsUnderstood(Line line) throws IOException {
    JsonNode said = line.message();
    HostMessage message = HostMessage.parse(said);
    switch (message) {
      case HostMessage.Hello hello -> {
        assertThat(hello.protocol()).isEqualTo(HostListener.PROTOCOL);
        assertThat(hello.token()).isEqualTo(said.get("token").stringValue());
        assertThat(hello.pid()).isEqualTo(said.get("pid").longValue());
      }
      case HostMessage.Importing(String module) ->
          assertThat(module).isEqualTo(said.get("module").stringValue());
      case HostMessage.Ready ready -> {
        assertThat(ready.imports()).hasSize(said.get("imports").size());
        assertThat(ready.missing()).hasSize(said.get("missing").size());
        assertThat(ready.forkable()).isEqualTo(said.get("forkable").booleanValue());
        assertThat(ready.reason().isEmpty()).isEqualTo(ready.forkable());
        assertThat(ready.culprit()).isEqualTo(said.get("culprit").stringValue());
      }
      case HostMessage.Done done -> {
        assertThat(done.body()).isEqualTo(said);
        assertThat(HostMessage.imports(done.body())).hasSize(said.path("imports").size());
      }
      case HostMessage.Failed failed -> {
        assertThat(failed.kind())
            .isIn(
                "raised",
                "memory",
                "disk",
                "module",
                "jvm",
                "not-found",
                "exit",
                "request",
                "fork");
        assertThat(failed.message()).isEqualTo(said.get("message").stringValue());
      }
      case HostMessage.Ended(var _, HostExit exit) -> {
        assertThat(exit instanceof HostExit.Left).isEqualTo(said.get("signal").isNull());
        assertThat(exit.used()).hasMillis(Math.round(1000 * said.get("cpu").doubleValue()));
      }
      case HostMessage.Want want -> {
        assertThat(want.id()).isEqualTo(said.get("id").longValue());
        assertThat(want.lost()).isEqualTo(said.get("lost").booleanValue());
      }
      case HostMessage.Log(var logged) -> {
        assertThat(logged.event()).isEqualTo(said.get("event").stringValue());
        assertThat(logged.time().toEpochMilli() / 1e3)
            .isCloseTo(said.get("time").doubleValue(), org.assertj.core.data.Offset.offset(0.001));
      }
    }
  }

  @Test
  void theTranscriptsHoldEveryRequestOfTheWorker() throws IOException {
    Set<String> types = new HashSet<>();
    fromTheWorker().forEach(line -> types.add(line.message().get("type").stringValue()));
    assertThat(types)
        .contains("fork", "kill", "prepare", "resume", "describe", "bind", "load", "call")
        .contains("save", "finish");
  }

  private static List<Line> lines(String from) throws IOException {
    Path folder = Path.of("..", "protocol", "transcripts");
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String text : Files.readAllLines(file)) {
          JsonNode line = JSON.readTree(text);
          lines.add(new Line(line.get("from").stringValue(), line.get("message")));
        }
      }
    }
    return lines.stream().filter(line -> line.from().equals(from)).toList();
  }
}
