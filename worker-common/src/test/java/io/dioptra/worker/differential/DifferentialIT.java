package io.dioptra.worker.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our engine and Dioptra's own give the same answers.
 *
 * <p>Each run makes other cases. {@code -Ddioptra.seed=S} repeats those of a run, with {@code
 * -Ddioptra.cases=N} the first of them, with {@code -Ddioptra.case=N} that one alone.
 */
class DifferentialIT {
  private static final int ALL = 20_000;

  /** What is met less often by all cases of one run is no longer made. */
  private static final int SELDOM = 5;

  private static final int CASES = Integer.getInteger("dioptra.cases", ALL);
  private static final int BATCH = 20;
  private static final int PAIRS = 2;
  private static final int FAILURES_SHOWN = 3;
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Cases cases =
      new Cases(Long.getLong("dioptra.seed", System.nanoTime() % 1_000_000));
  private final AtomicInteger next = new AtomicInteger();
  private final Coverage coverage = new Coverage();
  private final List<Engines.Outcome> differences = Collections.synchronizedList(new ArrayList<>());
  private TaskHosts hosts;

  @BeforeEach
  void start() throws Exception {
    hosts =
        TaskHosts.open(
            new HostSettings(
                PythonEnvironment.named("worker-common").interpreter(),
                Optional.of(Checkout.find().resolve("task-host/src")),
                PreloadSettings.NONE,
                TemplateLife.FOR_EVER,
                Map.of("PATH", "/usr/bin:/bin"),
                BOUND,
                BOUND),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void ourEngineAnswersAsDioptrasOwn() throws Exception {
    Optional<Integer> only = Optional.ofNullable(Integer.getInteger("dioptra.case"));
    if (only.isPresent()) {
      try (Engines engines = new Engines(hosts, folder.resolve("only"))) {
        Engines.Outcome outcome = engines.ask(List.of(cases.get(only.get()))).getFirst();
        tell(outcome.toString());
        assertThat(outcome.comparison().difference()).isEmpty();
      }
      return;
    }
    tell("Comparing %d cases of -Ddioptra.seed=%d".formatted(CASES, cases.seed()));
    compareAll();
    tell(coverage.summary());
    assertThat(shrunk()).as(differences.size() + " differences").isEmpty();
    if (CASES >= ALL) {
      assertThat(coverage.below(SELDOM)).as("seldom met; %s", coverage).isEmpty();
      assertThat(coverage.valid()).as("valid configurations").isGreaterThan(CASES / 4);
    }
  }

  private void compareAll() throws Exception {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("differential-", 0).factory())) {
      List<Future<?>> pairs = new ArrayList<>();
      for (int pair = 0; pair < PAIRS; pair++) {
        Path own = folder.resolve("pair" + pair);
        pairs.add(
            threads.submit(
                () -> {
                  compareSome(own);
                  return own;
                }));
      }
      for (Future<?> pair : pairs) {
        pair.get();
      }
    }
  }

  private void compareSome(Path own) throws Exception {
    try (Engines engines = new Engines(hosts, own)) {
      for (int from = next.getAndAdd(BATCH); from < CASES; from = next.getAndAdd(BATCH)) {
        List<Case> batch =
            IntStream.range(from, Math.min(from + BATCH, CASES)).mapToObj(cases::get).toList();
        for (Engines.Outcome outcome : engines.ask(batch)) {
          take(outcome);
        }
      }
    }
  }

  private synchronized void take(Engines.Outcome outcome) {
    coverage.add(outcome.theirs(), outcome.comparison());
    if (outcome.comparison().difference().isPresent()) {
      differences.add(outcome);
    }
  }

  /** The first differences, each with as little as it needs. */
  private List<String> shrunk() throws Exception {
    if (differences.isEmpty()) {
      return List.of();
    }
    List<String> shrunk = new ArrayList<>();
    try (Engines engines = new Engines(hosts, folder.resolve("shrinking"))) {
      for (Engines.Outcome outcome : differences.stream().limit(FAILURES_SHOWN).toList()) {
        shrunk.add(Shrinking.of(outcome, engines).toString());
      }
    }
    return shrunk;
  }

  private static void tell(String text) {
    System.out.println(text);
  }
}
