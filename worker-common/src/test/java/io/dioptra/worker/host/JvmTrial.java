package io.dioptra.worker.host;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One job whose plugin {@code trial.py} calls {@link TrialTasks}. */
final class JvmTrial implements TaskEvents, AutoCloseable {
  static final int OPEN_FILES = 500;

  private static final Duration BOUND = Duration.ofSeconds(60);

  private final BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>();
  private final TaskHost host;

  JvmTrial(TaskHosts hosts, Path folder) throws Exception {
    Path plugins = folder.resolve("plugins");
    MoodyPlugin.copy("trial.py", plugins.resolve("trial"));
    CompletableFuture<JobCode> code = CompletableFuture.completedFuture(_ -> true);
    host = hosts.start(new HostOrder(new QueueName("q"), this, _ -> {}, code));
    TaskResult<?> prepared =
        host.prepare(
            new JobSetting(
                folder,
                plugins,
                Files.createDirectories(folder.resolve("serialize")),
                Files.createDirectories(folder.resolve("deserialize")),
                Map.of("TRIAL", Optional.of(folder.getFileName().toString())),
                "INFO",
                Optional.empty(),
                OptionalInt.of(OPEN_FILES)));
    if (!(prepared instanceof TaskResult.Done<?>)) {
      throw new IOException("The host was not prepared: " + prepared);
    }
  }

  /** Hosts with a bare template, and small JVMs. */
  static TaskHosts hosts(Duration jvmIdle) throws Exception {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("DIOPTRA_WORKER_JVM_OPTS", "-Xmx96m");
    return TaskHosts.open(
        new HostSettings(
            PythonEnvironment.named("worker-common").interpreter(),
            Optional.of(Checkout.find().resolve("task-host/src")),
            PreloadSettings.NONE,
            TemplateLife.FOR_EVER,
            environment,
            BOUND,
            BOUND),
        HostListener.TEMPORARY,
        Clock.systemUTC(),
        jvmIdle);
  }

  TaskHost host() {
    return host;
  }

  TaskResult<List<String>> call(String function) throws InterruptedException {
    return host.call(
        new TaskCall(
            "step",
            "trial.trial." + function,
            List.of(),
            new LinkedHashMap<>(),
            new Outputs.None(),
            List.of()));
  }

  /** Calls a function that has to succeed. */
  void run(String function) throws InterruptedException {
    if (call(function) instanceof TaskResult.Failed<List<String>>(var failure)) {
      throw new AssertionError(failure + "\n" + said());
    }
  }

  /** Calls a function that has to fail. */
  TaskFailure fail(String function) throws InterruptedException {
    if (call(function) instanceof TaskResult.Failed<List<String>>(var failure)) {
      return failure;
    }
    throw new AssertionError("no exception\n" + said());
  }

  /** The next line that a task has printed. */
  String next() throws InterruptedException {
    LogLine line = lines.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing was printed");
    }
    return line.event();
  }

  /** The lines so far, with their loggers. */
  List<String> said() {
    return lines.stream().map(it -> it.logger() + ": " + it.event()).toList();
  }

  @Override
  public void log(LogLine line) {
    lines.add(line);
  }

  @Override
  public void close() {
    host.close();
  }
}
