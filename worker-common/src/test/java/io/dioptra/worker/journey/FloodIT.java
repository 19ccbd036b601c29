package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.JobLogLine;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** 200 MB of output in ten seconds: row 27 of the faults that the worker is tried with. */
@ExtendWith(SharedWorkshop.class)
@Isolated("measures its log against a pipe")
class FloodIT {
  private static final Pattern NUMBERED = Pattern.compile("\\] +(\\d+) x{90} +\\[stdout]$");
  private static final Pattern LEFT_OUT = Pattern.compile("\\] (\\d+) lines were left out here");
  private static final Pattern TOOK =
      Pattern.compile("a pipe took ([0-9.]+) s, the log took ([0-9.]+) s");
  private static final int LINES = 2_000_000;

  @Test
  void aFloodNeitherFillsTheWorkerNorHoldsUpTheJobAndWhatIsCutIsSaid(Workshop shop)
      throws Exception {
    Told told = Told.in(shop, "loud.py");
    assertThat(shop.ended(told.submit("nothing", "")).status()).isEqualTo("finished");
    Path process = Path.of("/proc/" + shop.worker().pid());
    long before = kibibytes(process, "VmRSS");
    Files.writeString(process.resolve("clear_refs"), "5");

    Flood flood = flood(told);

    long rise = kibibytes(process, "VmHWM") - before;
    System.out.printf("flood: %s, the worker rose by %d KiB%n", flood, rise);
    assertThat(rise).isLessThan(64 << 10);
    assertThat(numbers(flood.log())).isSorted().last().isEqualTo(LINES - 1);
    assertThat(numbers(flood.log()).size() + leftOut(flood.log())).isEqualTo(LINES);
    if (!flood.isInTime()) {
      // Other work on this machine takes from the log and from the pipe at different moments.
      flood = flood(told);
      System.out.println("flood: " + flood);
    }
    assertThat(flood.isInTime()).as(flood.toString()).isTrue();
  }

  /**
   * One flood.
   *
   * @param pipe seconds that it took into a pipe that is drained
   * @param logged seconds that it took into the job's log
   */
  private record Flood(List<JobLogLine> log, double pipe, double logged) {
    boolean isInTime() {
      return logged < 1.1 * pipe;
    }

    @Override
    public String toString() {
      return "%d of %d lines arrived, a pipe took %.2f s, the log %.2f s"
          .formatted(log.size(), LINES, pipe, logged);
    }
  }

  private static Flood flood(Told told) throws IOException, InterruptedException {
    SubmittedJob job = told.submit("flood", "");
    assertThat(job.awaitEnd(Duration.ofMinutes(3))).isEqualTo("finished");
    List<JobLogLine> log = job.log();
    String last =
        log.stream()
            .map(JobLogLine::message)
            .filter(it -> it.contains("took "))
            .findFirst()
            .orElse("");
    Matcher took = TOOK.matcher(last);
    assertThat(took.find()).as("the line of the task that says how long it took").isTrue();
    return new Flood(log, Double.parseDouble(took.group(1)), Double.parseDouble(took.group(2)));
  }

  @Test
  void aLongLineIsCutWithANoteAndOddOnesArrive(Workshop shop) throws Exception {
    EndedJob job = shop.ended(Told.in(shop, "loud.py").submit("odd", ""));
    assertThat(job.status()).as(job.log()).isEqualTo("finished");
    assertThat(job.log())
        .hasSizeLessThan(200_000)
        .contains("begin of the long line xxx", " more bytes left out]")
        .containsSubsequence("  0 %", " 50 %", "100 %")
        .contains("raw \uFFFD\uFFFD bytes", "no newline");
  }

  private static List<Integer> numbers(List<JobLogLine> log) {
    List<Integer> numbers = new ArrayList<>();
    for (JobLogLine line : log) {
      Matcher numbered = NUMBERED.matcher(line.message());
      if (numbered.find()) {
        numbers.add(Integer.valueOf(numbered.group(1)));
      }
    }
    return numbers;
  }

  private static long leftOut(List<JobLogLine> log) {
    long sum = 0;
    for (JobLogLine line : log) {
      Matcher announced = LEFT_OUT.matcher(line.message());
      if (announced.find()) {
        sum += Long.parseLong(announced.group(1));
      }
    }
    return sum;
  }

  private static long kibibytes(Path process, String name) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
