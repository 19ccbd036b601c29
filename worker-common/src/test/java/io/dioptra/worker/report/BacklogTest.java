package io.dioptra.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
  @TempDir private Path folder;

  /** Room for ten lines with an event of 36 characters in memory, and none elsewhere. */
  private Backlog backlog = backlog(Path.of("nowhere"), 0);

  private static Backlog backlog(Path folder, long disk) {
    Backlog.Room room = new Backlog.Room(1000, disk, disk / 4, 0);
    return new Backlog(room, new Spool(folder, 2 * disk + 1));
  }

  @AfterEach
  void close() throws Exception {
    backlog.close();
  }

  @Test
  void linesComeOutInOrderAndInBoundedPortions() {
    add(0, 5);
    assertThat(backlog.take(2, 1000)).extracting(LogLine::event).containsExactly(text(0), text(1));
    assertThat(backlog.take(9, 250)).extracting(LogLine::event).containsExactly(text(2), text(3));
    assertThat(backlog.take(9, 1)).extracting(LogLine::event).containsExactly(text(4));
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void whatDoesNotFitIsLeftOutAndCountedWhereItWas() {
    add(0, 13);
    assertThat(backlog.take(9, 9000)).hasSize(9);
    add(13, 14);
    assertThat(backlog.take(9, 9000))
        .extracting(LogLine::event)
        .containsExactly(
            text(9),
            "3 lines were left out here: they came faster than the REST API took them",
            text(13));
  }

  @Test
  void whatWasLeftOutLastIsCountedToo() {
    add(0, 12);
    assertThat(backlog.take(99, 9000))
        .hasSize(11)
        .last()
        .satisfies(line -> assertThat(line.event()).startsWith("2 lines were left out"));
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void linesThatDoNotFitIntoMemoryComeBackFromTheFileAsTheyWere() {
    backlog = backlog(folder, 40 << 20);
    List<LogLine> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String text = "é€😀 " + "x".repeat(i % 700 == 0 ? 300_000 : i % 300) + i;
      Severity severity = i % 3 == 0 ? Severity.ERROR : Severity.DEBUG;
      lines.add(
          new LogLine(Instant.ofEpochSecond(i, i * 1000L), severity, "a.b", text, "k=" + i, "\n"));
    }
    Random random = new Random(3);
    List<LogLine> taken = new ArrayList<>();
    for (LogLine line : lines) {
      backlog.add(line);
      if (random.nextInt(4) == 0) {
        taken.addAll(backlog.take(random.nextInt(3), Long.MAX_VALUE));
      }
    }
    assertThat(backlog.count()).isEqualTo(lines.size() - taken.size());
    while (!backlog.isEmpty()) {
      taken.addAll(backlog.take(100, 1 << 20));
    }
    assertThat(taken).isEqualTo(lines);
  }

  @Test
  void theFileIsUsedAgainAndAgain() {
    backlog = backlog(folder, 1 << 20);
    int taken = 0;
    for (int i = 0; i < 60_000; i++) {
      backlog.add(line(Severity.INFO, i));
      if (i > 3000) {
        assertThat(backlog.take(1, 9000).getFirst().event()).isEqualTo(text(taken++));
      }
    }
    assertThat(backlog.count()).isEqualTo(60_000 - taken);
  }

  @Test
  void anErrorHasRoomWhereOtherLinesHaveNone() {
    backlog = backlog(folder, 1 << 20);
    add(0, 50_000);
    backlog.add(line(Severity.ERROR, 77_777));
    List<LogLine> all = backlog.take(Integer.MAX_VALUE, Long.MAX_VALUE);
    assertThat(all).last().extracting(LogLine::event).isEqualTo(text(77_777));
    assertThat(all.get(all.size() - 2).event())
        .matches("\\d+ lines were left out here: they came faster.*");
    long leftOut = Long.parseLong(all.get(all.size() - 2).event().split(" ", 2)[0]);
    assertThat(all.size() - 2 + leftOut).isEqualTo(50_000);
  }

  @Test
  void ofAJobThatIsOverTheLastLinesCanBeKeptAlone() {
    backlog = backlog(folder, 1 << 20);
    add(0, 5000);
    backlog.keepLast(3, 9000);
    assertThat(backlog.take(99, 9000))
        .extracting(LogLine::event)
        .containsExactly(
            "4997 lines were left out here: the job has ended, and the REST API takes them too"
                + " slowly",
            text(4997),
            text(4998),
            text(4999));
  }

  @Test
  void whatWasLeftOutBeforeIsCountedAgainWhenItsNoteIsLeftOut() {
    backlog = backlog(folder, 1 << 20);
    add(0, 50_000);
    backlog.add(line(Severity.ERROR, 50_000));
    backlog.keepLast(3, 9000);
    List<LogLine> all = backlog.take(99, 90_000);
    long announced =
        all.stream()
            .map(LogLine::event)
            .filter(it -> it.contains(" lines were left out here"))
            .mapToLong(it -> Long.parseLong(it.split(" ", 2)[0]))
            .sum();
    long told = all.stream().filter(it -> !it.event().contains(" left out here")).count();
    assertThat(announced + told).isEqualTo(50_001);
  }

  @Test
  void aDiskThatTakesNothingIsSaidAndHarmsNobody() throws Exception {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Files.delete(gone);
    Backlog.Room room = new Backlog.Room(1000, 1 << 20, 1 << 10, 0);
    try (Backlog onBadDisk = new Backlog(room, new Spool(gone, 2 << 20))) {
      IntStream.range(0, 5000).forEach(i -> onBadDisk.add(line(Severity.INFO, i)));
      List<LogLine> all = onBadDisk.take(Integer.MAX_VALUE, Long.MAX_VALUE);
      int kept = all.size() - 1;
      assertThat(all.subList(0, kept))
          .extracting(LogLine::event)
          .isEqualTo(IntStream.range(0, kept).mapToObj(BacklogTest::text).toList());
      assertThat(all.getLast().event())
          .startsWith((5000 - kept) + " lines were left out here: the disk of the worker");
    }
  }

  @Test
  void theLastLinesAreKeptThoughAllIsFull() throws Exception {
    Backlog.Room room = new Backlog.Room(1000, 0, 0, 500);
    try (Backlog full = new Backlog(room, new Spool(folder, 1))) {
      IntStream.range(0, 100).forEach(i -> full.add(line(Severity.INFO, i)));
      List<String> events =
          full.take(Integer.MAX_VALUE, Long.MAX_VALUE).stream().map(LogLine::event).toList();
      assertThat(events.subList(0, 10))
          .isEqualTo(IntStream.range(0, 10).mapToObj(BacklogTest::text).toList());
      assertThat(events.get(10)).startsWith("85 lines were left out here");
      assertThat(events.subList(11, events.size()))
          .isEqualTo(IntStream.range(95, 100).mapToObj(BacklogTest::text).toList());
      assertThat(full.isEmpty()).isTrue();
    }
  }

  @Test
  void noFileIsLeftNorSeen() throws Exception {
    backlog = backlog(folder, 1 << 20);
    add(0, 5000);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private void add(int from, int to) {
    IntStream.range(from, to).forEach(i -> backlog.add(line(Severity.INFO, i)));
  }

  private static LogLine line(Severity severity, int number) {
    return LogLine.of(Instant.EPOCH, severity, "", text(number));
  }

  private static String text(int number) {
    return "line %031d".formatted(number);
  }
}
