package io.dioptra.worker.bench.arrays;

import io.dioptra.worker.bench.MachineLoad;
import io.dioptra.worker.bench.host.PluginRun;
import io.dioptra.worker.task.Value;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Measures how long an array takes from a Python step to a JVM step and back. */
public final class Arrays {
  private static final long MEGABYTES = 1024;

  /** Too small for a copy of the array, also for one in direct buffers, which it limits, too. */
  private static final Map<String, String> SMALL_HEAP =
      Map.of("DIOPTRA_WORKER_JVM_OPTS", "-Xmx128m");

  private Arrays() {}

  /** Arguments: {@code [MB]}: the size of the array. */
  public static void main(String[] args) throws Exception {
    long megabytes = args.length > 0 ? Long.parseLong(args[0]) : MEGABYTES;
    PrintStream out = System.out;
    out.println(MachineLoad.now());
    out.printf("An array of %d MB, in milliseconds; of: the copy into new memory%n", megabytes);
    out.printf("  %-36s %9s %9s %9s %7s %8s%n", "", "median", "shortest", "longest", "GB/s", "of");
    new PluginRun(
            "worker-common",
            "arrays",
            "jvm_arrays.tasks.measure",
            List.of(Value.Int.of(megabytes)),
            SMALL_HEAP)
        .run(out);
    out.println(MachineLoad.now());
  }
}
