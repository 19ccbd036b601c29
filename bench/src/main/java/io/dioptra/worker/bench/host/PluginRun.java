package io.dioptra.worker.bench.host;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * One call of a function of a plugin in a task host of its own, as a job makes it; what it prints
 * is shown.
 *
 * @param environment the name of the Python environment
 * @param plugins the folder of the plugin, in {@code bench/python}
 * @param function with its package and module
 * @param variables more of the host's environment
 */
public record PluginRun(
    String environment,
    String plugins,
    String function,
    List<Value> arguments,
    Map<String, String> variables) {
  private static final Duration BOUND = Duration.ofMinutes(2);

  public PluginRun {
    arguments = List.copyOf(arguments);
    variables = Map.copyOf(variables);
  }

  /**
   * Returns when the function has.
   *
   * @throws IllegalStateException if it failed
   */
  public void run(PrintStream out) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create("bench-plugin");
        TaskHosts hosts = TaskHosts.open(settings(), Clock.systemUTC());
        TaskHost host = hosts.start(order(out))) {
      check(host.prepare(setting(folder.path())));
      check(host.call(call()));
      host.finish();
    }
  }

  private HostSettings settings() throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", "/usr/bin:/bin");
    return new HostSettings(
        PythonEnvironment.named(environment).interpreter(),
        Optional.of(Checkout.find().resolve("task-host/src")),
        PreloadSettings.NONE,
        TemplateLife.FOR_EVER,
        all,
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

  private JobSetting setting(Path folder) throws Exception {
    return new JobSetting(
        folder,
        Checkout.find().resolve("bench/python").resolve(plugins),
        Files.createDirectory(folder.resolve("serialize")),
        Files.createDirectory(folder.resolve("deserialize")),
        Map.of(),
        "INFO",
        Optional.empty(),
        OptionalInt.empty());
  }

  private TaskCall call() {
    return new TaskCall(
        "measure", function, arguments, new LinkedHashMap<>(), new Outputs.None(), List.of());
  }

  private static void check(TaskResult<?> result) {
    if (result instanceof TaskResult.Failed<?>(var failure)) {
      throw new IllegalStateException("The measurement failed: " + failure);
    }
  }
}
