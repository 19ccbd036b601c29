package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.host.HostOrder;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.JobSetting;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A walk through a graph of large values, in a real host. */
class ReleaseIT {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String TASKS =
      """
      {make: {plugin: 'large.large.make', inputs: [{label: 'any'}, {megabytes: 'any'}],
              outputs: {value: 'any'}},
       copy: {plugin: 'large.large.copy', inputs: [{label: 'any'}, {other: 'any'}],
              outputs: {value: 'any'}},
       tell: {plugin: 'large.large.tell', inputs: [{other: 'any'}]}}
      """;

  @TempDir private Path folder;

  @Test
  void eachValueIsGoneBeforeTheStepAfterItsLastReaderBegins() throws Exception {
    List<String> said =
        said(
            """
            {a: {make: ['first', 200]}, b: {copy: ['second', '$a']}, c: {copy: ['third', '$b']},
             d: {copy: ['fourth', '$c']}, unread: {make: ['fifth', 1]}, e: {tell: '$d'}}
            """);
    String peak = said.stream().filter(line -> line.contains("is here")).findFirst().orElseThrow();
    System.out.println(peak);
    assertThat(said)
        .containsSubsequence(
            "Running step: b",
            "first is gone",
            "Running step: c",
            "second is gone",
            "Running step: d",
            "third is gone",
            "Running step: e",
            peak,
            "fourth is gone")
        .containsSubsequence("Running step: unread", "fifth is gone", "Running step: e");
    assertThat(peak).startsWith("fourth is here, peak ");
    assertThat(Integer.parseInt(peak.substring(peak.lastIndexOf(' ') + 1)))
        .as("megabytes; two values at a time are 400, all would be 800")
        .isBetween(400, 600);
  }

  private List<String> said(String graph) throws Exception {
    LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    TaskEvents log = (LogLine line) -> said.add(line.event());
    try (TaskHosts hosts = open();
        TaskHost host =
            hosts.start(
                new HostOrder(
                    new QueueName("q"),
                    log,
                    _ -> {},
                    CompletableFuture.completedFuture(_ -> true)))) {
      assertThat(host.prepare(setting())).isInstanceOf(TaskResult.Done.class);
      GraphWalk walk =
          new GraphWalk(
              Configurations.withGraph(graph).with("tasks", TASKS).graph(),
              host,
              log,
              Clock.systemUTC(),
              MonotonicClock.system());
      assertThat(walk.run(Json.map("{}"), Map.of())).isEqualTo(new WalkResult.Done());
      host.finish();
    }
    return List.copyOf(said);
  }

  private JobSetting setting() throws Exception {
    Path plugins = folder.resolve("plugins");
    Path plugin = Files.createDirectories(plugins.resolve("large"));
    try (InputStream python =
        Objects.requireNonNull(ReleaseIT.class.getResourceAsStream("large.py"))) {
      Files.write(plugin.resolve("large.py"), python.readAllBytes());
    }
    return new JobSetting(
        folder,
        plugins,
        Files.createDirectories(folder.resolve("serialize")),
        Files.createDirectories(folder.resolve("deserialize")),
        Map.of(),
        "INFO",
        Optional.empty(),
        OptionalInt.empty());
  }

  private static TaskHosts open() throws Exception {
    return TaskHosts.open(
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
}
