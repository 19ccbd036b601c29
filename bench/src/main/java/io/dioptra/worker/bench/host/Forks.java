package io.dioptra.worker.bench.host;

import io.dioptra.worker.bench.MachineLoad;
import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.JobSetting;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long a task host takes from the order to its first answer, forked from a template
 * that has imported TensorFlow, ART, pandas and MLflow, and whether anything is left of the hosts.
 */
public final class Forks {
  private static final int FORKS = 1000;
  private static final int WARM_UP = 100;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> MODULES =
      List.of(
          "numpy",
          "tensorflow",
          "keras",
          "art.attacks.evasion",
          "art.estimators.classification",
          "pandas",
          "pyarrow",
          "sklearn",
          "matplotlib.pyplot",
          "mlflow");

  private final PrintStream out;
  private final Path folder;
  private final List<Double> connected = new ArrayList<>();
  private final List<Double> prepared = new ArrayList<>();

  private Forks(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /** Arguments: {@code [N]}: how many forks. */
  public static void main(String[] args) throws Exception {
    int forks = args.length > 0 ? Integer.parseInt(args[0]) : FORKS;
    try (TemporaryFolder folder = TemporaryFolder.create("forks")) {
      new Forks(System.out, folder.path()).measure(forks);
    }
  }

  private void measure(int forks) throws Exception {
    out.println(MachineLoad.now());
    for (String each : List.of("plugins", "serialize", "deserialize")) {
      Files.createDirectory(folder.resolve(each));
    }
    try (TaskHosts hosts = TaskHosts.open(settings(), Clock.systemUTC())) {
      out.println(hosts.awaitReady());
      ProcessHandle template = fork(hosts);
      for (int i = 0; i < WARM_UP; i++) {
        fork(hosts);
      }
      connected.clear();
      prepared.clear();
      List<ProcessFigures> before = figures(template);
      for (int i = 0; i < forks; i++) {
        if (!fork(hosts).equals(template)) {
          throw new IllegalStateException("The template was replaced");
        }
      }
      print(forks, before, figures(template));
    }
    out.println(MachineLoad.now());
  }

  /** Starts a host and lets it leave. Returns its template. */
  private ProcessHandle fork(TaskHosts hosts) throws Exception {
    long begin = System.nanoTime();
    try (TaskHost host = hosts.start(order())) {
      long hello = System.nanoTime();
      TaskResult<?> answer = host.prepare(setting());
      long ready = System.nanoTime();
      if (!(answer instanceof TaskResult.Done<?>)) {
        throw new IllegalStateException("The host was not prepared: " + answer);
      }
      connected.add((hello - begin) / 1e6);
      prepared.add((ready - begin) / 1e6);
      ProcessHandle parent =
          ProcessHandle.of(host.pid()).flatMap(ProcessHandle::parent).orElseThrow();
      host.finish();
      return parent;
    }
  }

  private static List<ProcessFigures> figures(ProcessHandle template) throws Exception {
    System.gc();
    return List.of(ProcessFigures.of(ProcessHandle.current()), ProcessFigures.of(template));
  }

  private void print(int forks, List<ProcessFigures> before, List<ProcessFigures> after) {
    out.printf(
        "%nFrom the order of a host, %,d of them, in milliseconds%n  %-28s %8s %8s %8s%n",
        forks, "", "median", "99 %", "longest");
    print("to its connections", connected);
    print("to its first answer", prepared);
    out.printf(
        "%nHeld before and after them%n  %-28s %9s %9s %8s %8s %8s%n",
        "", "RSS MiB", "PSS MiB", "open", "threads", "children");
    out.println("  worker (JVM), before         " + before.getFirst());
    out.println("  worker (JVM), after          " + after.getFirst());
    out.println("  template, before             " + before.getLast());
    out.println("  template, after              " + after.getLast());
  }

  private void print(String what, List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "  %-28s %8.2f %8.2f %8.2f%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
        sorted.getLast());
  }

  private static HostOrder order() {
    return new HostOrder(
        new QueueName("bench"), _ -> {}, _ -> {}, CompletableFuture.completedFuture(_ -> true));
  }

  private JobSetting setting() {
    return new JobSetting(
        folder,
        folder.resolve("plugins"),
        folder.resolve("serialize"),
        folder.resolve("deserialize"),
        Map.of("__JOB_ID", Optional.of("1")),
        "INFO",
        Optional.empty(),
        OptionalInt.empty());
  }

  private static HostSettings settings() throws Exception {
    return new HostSettings(
        PythonEnvironment.named("tensorflow-cpu").interpreter(),
        Optional.of(Checkout.find().resolve("task-host/src")),
        new PreloadSettings(MODULES, Optional.empty()),
        TemplateLife.FOR_EVER,
        Map.of("PATH", "/usr/bin:/bin", "CUDA_VISIBLE_DEVICES", "-1"),
        LIMIT,
        LIMIT);
  }
}
