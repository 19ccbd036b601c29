package io.dioptra.worker.bench.arrays;

import io.dioptra.worker.bench.MachineLoad;
import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.JobSetting;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Measures how long an array takes from a Python step to a JVM step and back. */
public final class Arrays {
  private static final long MEGABYTES = 1024;
  private static final Duration BOUND = Duration.ofMinutes(1);

  private Arrays() {}

  /** Arguments: {@code [MB]}: the size of the array. */
  public static void main(String[] args) throws Exception {
    long megabytes = args.length > 0 ? Long.parseLong(args[0]) : MEGABYTES;
    PrintStream out = System.out;
    out.println(MachineLoad.now());
    out.printf("An array of %d MB, in milliseconds; of: the copy into new memory%n", megabytes);
    out.printf("  %-36s %9s %9s %9s %8s%n", "", "median", "shortest", "longest", "of");
    try (TemporaryFolder folder = TemporaryFolder.create("bench-arrays");
        TaskHosts hosts = TaskHosts.open(settings(), Clock.systemUTC());
        TaskHost host = hosts.start(order(out))) {
      check(host.prepare(setting(folder.path())));
      check(host.call(measure(megabytes)));
      host.finish();
    }
    out.println(MachineLoad.now());
  }

  private static HostSettings settings() throws Exception {
    return new HostSettings(
        PythonEnvironment.named("worker-common").interpreter(),
        Optional.of(Checkout.find().resolve("task-host/src")),
        PreloadSettings.NONE,
        TemplateLife.FOR_EVER,
        Map.of("PATH", "/usr/bin:/bin"),
        BOUND,
        BOUND);
  }

  private static HostOrder order(PrintStream out) {
    return new HostOrder(
        new QueueName("bench"),
        line -> out.println(line.event()),
        _ -> {},
        CompletableFuture.completedFuture(_ -> false));
  }

  private static JobSetting setting(Path folder) throws Exception {
    return new JobSetting(
        folder,
        Checkout.find().resolve("bench/python/arrays"),
        Files.createDirectory(folder.resolve("serialize")),
        Files.createDirectory(folder.resolve("deserialize")),
        Map.of(),
        "INFO",
        Optional.empty(),
        OptionalInt.empty());
  }

  private static TaskCall measure(long megabytes) {
    return new TaskCall(
        "measure",
        "jvm_arrays.tasks.measure",
        List.of(Value.Int.of(megabytes)),
        new LinkedHashMap<>(),
        new Outputs.None(),
        List.of());
  }

  private static void check(TaskResult<?> result) {
    if (result instanceof TaskResult.Failed<?>(var failure)) {
      throw new IllegalStateException("The measurement failed: " + failure);
    }
  }
}
