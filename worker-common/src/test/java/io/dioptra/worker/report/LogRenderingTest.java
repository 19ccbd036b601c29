package io.dioptra.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.api.LogEntry;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogRenderingTest {
  private static final Instant TIME = Instant.parse("2026-11-22T12:46:49.884600Z");

  @Test
  void aLineLooksAsInDioptrasConsole() {
    LogLine line = LogLine.of(TIME, Severity.INFO, "hello_world.tasks", "Hello, Bob");

    assertThat(LogRendering.text(line))
        .isEqualTo(
            "2026-11-22T12:46:49.884600Z [info     ] Hello, Bob                    "
                + " [hello_world.tasks]");
  }

  @Test
  void fieldsFollowTheLoggerAndDetailsTheLine() {
    LogLine line =
        new LogLine(
            Instant.parse("2026-11-22T12:46:50Z"),
            Severity.CRITICAL,
            "root",
            "an event that is longer than thirty characters",
            "experiment_id=23 job_id=24",
            "Traceback (most recent call last):\n  …\nValueError: no");

    assertThat(LogRendering.text(line))
        .isEqualTo(
            """
            2026-11-22T12:46:50.000000Z [critical ] an event that is longer than thirty characters \
            [root] experiment_id=23 job_id=24
            Traceback (most recent call last):
              …
            ValueError: no\
            """);
  }

  @Test
  void whatLooksLikeATagIsEscaped() {
    LogLine line = LogLine.of(TIME, Severity.ERROR, "a<b>", "<class int> 1 < 2 & <module>");

    assertThat(LogRendering.entries(line))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.severity()).isEqualTo(Severity.ERROR);
              assertThat(entry.logger()).isEqualTo("a&lt;b&gt;");
              assertThat(entry.message())
                  .contains("&lt;class int&gt; 1 &lt; 2 &amp; &lt;module&gt;");
            });
  }

  @Test
  void halfACharacterIsReplacedSoThatTheLineCanBeSent() {
    LogLine line = LogLine.of(TIME, Severity.INFO, "l", "a\ud800b \ud83d\ude00");

    assertThat(LogRendering.entries(line).getFirst().message()).contains("a\ufffdb \ud83d\ude00");
  }

  @Test
  void aVeryLongLineIsContinuedWithoutLosingACharacter() {
    String event = "\ud83d\ude00<".repeat(60_000);
    LogLine line = LogLine.of(TIME, Severity.INFO, "l", event);

    String joined =
        LogRendering.entries(line).stream().map(LogEntry::message).collect(Collectors.joining());

    assertThat(LogRendering.entries(line)).hasSizeGreaterThan(2);
    assertThat(joined).contains(event.replace("<", "&lt;")).doesNotContain("\ufffd");
  }
}
