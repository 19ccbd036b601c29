package io.dioptra.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogTest {
  /** Room for ten lines with an event of 36 characters. */
  private final Backlog backlog = new Backlog(1000);

  @Test
  void linesComeOutInOrderAndInBoundedPortions() {
    for (int i = 0; i < 5; i++) {
      backlog.add(line(Severity.INFO, i));
    }

    assertThat(backlog.take(2, 1000)).extracting(LogLine::event).containsExactly(text(0), text(1));
    assertThat(backlog.take(9, 250)).extracting(LogLine::event).containsExactly(text(2), text(3));
    assertThat(backlog.take(9, 1)).extracting(LogLine::event).containsExactly(text(4));
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void whatDoesNotFitIsLeftOutAndCountedWhereItWas() {
    for (int i = 0; i < 13; i++) {
      backlog.add(line(Severity.INFO, i));
    }
    assertThat(backlog.take(9, 9000)).hasSize(9);
    backlog.add(line(Severity.INFO, 13));

    assertThat(backlog.take(9, 9000))
        .extracting(LogLine::event)
        .containsExactly(
            text(9),
            "3 lines were left out here: they came faster than the REST API took them",
            text(13));
  }

  @Test
  void whatWasLeftOutLastIsCountedToo() {
    for (int i = 0; i < 12; i++) {
      backlog.add(line(Severity.INFO, i));
    }

    assertThat(backlog.take(99, 9000))
        .hasSize(11)
        .last()
        .satisfies(line -> assertThat(line.event()).startsWith("2 lines were left out"));
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void anErrorHasRoomWhereOtherLinesHaveNone() {
    for (int i = 0; i < 10; i++) {
      backlog.add(line(Severity.INFO, i));
    }
    backlog.add(line(Severity.ERROR, 10));

    assertThat(backlog.take(99, 9000)).last().extracting(LogLine::event).isEqualTo(text(10));
  }

  private static LogLine line(Severity severity, int number) {
    return LogLine.of(Instant.EPOCH, severity, "", text(number));
  }

  private static String text(int number) {
    return "line %031d".formatted(number);
  }
}
