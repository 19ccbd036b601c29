package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.Value;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What a graph costs grows as its steps do. Processor time counts, so load does not matter. */
class GraphCostTest {
  private static final int STEPS = 10_000;
  private static final int TIMES = 4;

  private final GraphCheck check = new GraphCheck();

  @Test
  void aChain() {
    growsAsItsSteps(
        step -> Json.value("{one: ['%s']}".formatted(step == 0 ? "" : "$s" + (step - 1))));
  }

  @Test
  void stepsThatNeedTheFirst() {
    growsAsItsSteps(
        step -> Json.value("{one: ['%s'], dependencies: ['s0']}".formatted(step > 0 ? "$s0" : "")));
  }

  @Test
  void swaps() {
    growsAsItsSteps(
        step ->
            Json.value(
                "{'?w%d': {'?outputs': ['o'], c: {task: 'one', args: ['%s']}}}"
                    .formatted(step, step == 0 ? "" : "$s" + (step - 1))));
  }

  @Test
  void wrongReferences() {
    growsAsItsSteps(step -> Json.value("{one: ['$nowhere%d']}".formatted(step)));
  }

  private void growsAsItsSteps(IntFunction<Value> step) {
    Configurations few = graph(STEPS, step);
    Configurations many = graph(TIMES * STEPS, step);
    best(few, 2); // compiled by now
    double small = best(few, 4);
    double large = best(many, 2);
    assertThat(small).as("milliseconds for %d steps", STEPS).isLessThan(1000);
    // Caches and the collector make more than 4 of it; growth by the square would make 16.
    assertThat(large / small).as("%.0f ms, %.0f ms", small, large).isLessThan(3.0 * TIMES);
  }

  private static Configurations graph(int steps, IntFunction<Value> step) {
    SequencedMap<String, Value> graph = new LinkedHashMap<>();
    for (int number = 0; number < steps; number++) {
      graph.put("s" + number, step.apply(number));
    }
    return Configurations.valid().with("graph", new Value.Members(graph));
  }

  /** In milliseconds of this thread. */
  private double best(Configurations configuration, int times) {
    Value.Members members = configuration.members();
    var threads = ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    for (int time = 0; time < times; time++) {
      long begin = threads.getCurrentThreadCpuTime();
      check.check(members, new LinkedHashMap<>());
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - begin) / 1e6);
    }
    return best;
  }
}
