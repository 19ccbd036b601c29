package io.dioptra.worker.bench.engine;

import io.dioptra.worker.bench.MachineLoad;
import io.dioptra.worker.engine.Checked;
import io.dioptra.worker.engine.GraphCheck;
import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures what it costs to check and order graphs of several shapes and sizes. */
public final class Graphs {
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);

  private final GraphCheck check = new GraphCheck();

  private Graphs() {}

  /** Takes numbers of steps. */
  public static void main(String[] args) throws IOException {
    List<Integer> sizes = args.length == 0 ? SIZES : Stream.of(args).map(Integer::valueOf).toList();
    new Graphs().measure(sizes);
  }

  private void measure(List<Integer> sizes) throws IOException {
    System.out.println(MachineLoad.now());
    System.out.println("milliseconds of processor time for reading, checking and ordering");
    System.out.printf("%-16s", "steps");
    sizes.forEach(size -> System.out.printf(Locale.ROOT, "%,12d", size));
    System.out.println();
    for (Shape shape : Shape.values()) {
      warmUp(shape);
      System.out.printf("%-16s", shape);
      for (int size : sizes) {
        System.out.printf(Locale.ROOT, "%12.0f", best(shape.graph(size), 3) / 1e6);
      }
      System.out.println();
    }
    System.out.println(MachineLoad.now());
  }

  private void warmUp(Shape shape) {
    best(shape.graph(1_000), 10);
  }

  private double best(Value.Members configuration, int times) {
    double best = Double.MAX_VALUE;
    for (int time = 0; time < times; time++) {
      best = Math.min(best, (double) nanoseconds(configuration));
    }
    return best;
  }

  private long nanoseconds(Value.Members configuration) {
    var threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    Checked checked = check.check(configuration, new LinkedHashMap<>());
    long end = threads.getCurrentThreadCpuTime();
    if (checked instanceof Checked.Invalid(var _, String summary)) {
      throw new IllegalStateException(summary);
    }
    return end - begin;
  }
}
