package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.QueueName;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskHostsIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void twoHostsOfOneTemplateShareNoRandomState() throws Exception {
    try (TaskHosts hosts = open("numpy", "random", "uuid", "tempfile")) {
      assertThat(hosts.awaitReady()).startsWith("4 modules imported");
      List<String> first = draw(hosts, "one");
      List<String> second = draw(hosts, "two");
      assertThat(first).hasSize(4).doesNotContainAnyElementsOf(second);
      assertThat(second).hasSize(4);
    }
  }

  @Test
  void theTemplateForksTheHosts() throws Exception {
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open("numpy");
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      assertThat(host.call(MoodyPlugin.call("parent"))).isInstanceOf(TaskResult.Done.class);
      assertThat(plugin.next()).isEqualTo("parent " + templateOf(host).pid());
      host.finish();
      assertThat(ProcessHandle.of(host.pid())).isEmpty();
    }
  }

  @Test
  void whatASiteAddsToPythonsPathIsAllThatJobsSeeOfIt() throws Exception {
    MoodyPlugin plugin = plugin("one");
    Files.writeString(folder.resolve("of_the_site.py"), "NAME = 'imported'");
    try (TaskHosts hosts = open();
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      assertThat(host.call(MoodyPlugin.call("path"))).isInstanceOf(TaskResult.Done.class);
      assertThat(plugin.next()).isEqualTo("imported with " + folder);
      host.finish();
    }
  }

  @Test
  void aCrashIsToldWithItsSignalAndItsLastWords() throws Exception {
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open();
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      assertThat(ended(host.call(MoodyPlugin.call("crash"))))
          .contains(
              "was ended by signal 6 (SIGABRT)", "and some past Python", "Fatal Python error");
      assertThat(plugin.said()).contains("the last words", "and some past Python");
    }
  }

  @Test
  void aHostThatIsKilledAnswersWhatItWasAsked() throws Exception {
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open();
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      CompletableFuture<TaskResult<List<String>>> answer = ask(host, "sleep");
      assertThat(plugin.next()).isEqualTo("sleeping");
      host.kill();
      assertThat(answer)
          .succeedsWithin(BOUND)
          .satisfies(it -> assertThat(ended(it)).contains("was ended by signal 9 (SIGKILL)"));
    }
  }

  @Test
  void theStacksOfAHostThatHangsInCAreToldBeforeItsEnd() throws Exception {
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open();
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      CompletableFuture<TaskResult<List<String>>> answer = ask(host, "hang");
      assertThat(plugin.next()).isEqualTo("hanging");
      host.ask();
      host.dumpStacks();
      while (!plugin.next().endsWith("in hang")) {
        assertThat(answer).isNotDone();
      }
      host.kill();
      assertThat(answer)
          .succeedsWithin(BOUND)
          .satisfies(it -> assertThat(ended(it)).contains("was ended by signal 9 (SIGKILL)"));
    }
  }

  @Test
  void aHostThatIsAskedEndsByTheSignalItWasSent() throws Exception {
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open();
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      CompletableFuture<TaskResult<List<String>>> answer = ask(host, "sleep");
      assertThat(plugin.next()).isEqualTo("sleeping");
      host.ask();
      assertThat(answer)
          .succeedsWithin(BOUND)
          .satisfies(it -> assertThat(ended(it)).contains("was ended by signal 15 (SIGTERM)"));
    }
  }

  @Test
  void aTemplateThatIsKilledTakesItsHostsAlongAndIsReplaced() throws Exception {
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open("numpy");
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      CompletableFuture<TaskResult<List<String>>> answer = ask(host, "sleep");
      assertThat(plugin.next()).isEqualTo("sleeping");
      ProcessHandle template = templateOf(host);
      template.destroyForcibly();
      try (TaskHost next = hosts.start(order(plugin("two")))) {
        assertThat(templateOf(next).pid()).isNotEqualTo(template.pid());
      }
      assertThat(answer)
          .succeedsWithin(BOUND)
          .satisfies(it -> assertThat(ended(it)).contains("the Python template"));
      assertThat(ProcessHandle.of(host.pid()).map(ProcessHandle::onExit))
          .satisfiesAnyOf(
              it -> assertThat(it).isEmpty(),
              it -> assertThat(it.orElseThrow()).succeedsWithin(BOUND));
    }
  }

  @Test
  void jobsOfATemplateThatCannotBeForkedComeFromTheBareOne() throws Exception {
    MoodyPlugin.copy("busy.py", folder);
    MoodyPlugin plugin = plugin("one");
    try (TaskHosts hosts = open("busy")) {
      assertThat(hosts.awaitReady())
          .startsWith("every job imports for itself, because a preloaded module runs threads");
      try (TaskHost host = hosts.start(order(plugin))) {
        plugin.prepare(host);
        assertThat(ended(host.call(MoodyPlugin.call("crash")))).contains("SIGABRT");
      }
      try (TaskHost host = hosts.start(order(plugin))) {
        plugin.prepare(host);
        CompletableFuture<TaskResult<List<String>>> answer = ask(host, "sleep");
        host.kill();
        assertThat(answer)
            .succeedsWithin(BOUND)
            .satisfies(it -> assertThat(ended(it)).contains("SIGKILL"));
      }
    }
  }

  @Test
  void nothingIsLeftWhenAllIsClosed() throws Exception {
    MoodyPlugin plugin = plugin("one");
    List<ProcessHandle> family;
    try (TaskHosts hosts = open()) {
      TaskHost host = hosts.start(order(plugin));
      ProcessHandle template = templateOf(host);
      family = List.of(template, ProcessHandle.of(host.pid()).orElseThrow());
    }
    assertThat(family).allSatisfy(it -> assertThat(it.onExit()).succeedsWithin(BOUND));
  }

  private List<String> draw(TaskHosts hosts, String name) throws Exception {
    MoodyPlugin plugin = plugin(name);
    try (TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      assertThat(host.call(MoodyPlugin.call("draw"))).isInstanceOf(TaskResult.Done.class);
      host.finish();
    }
    return plugin.said();
  }

  private MoodyPlugin plugin(String name) throws IOException {
    return new MoodyPlugin(Files.createDirectory(folder.resolve(name)));
  }

  private TaskHosts open(String... preload) throws Exception {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("PYTHONPATH", folder.toString());
    return TaskHosts.open(
        new HostSettings(
            PythonEnvironment.named("worker-common").interpreter(),
            Optional.of(Checkout.find().resolve("task-host/src")),
            new PreloadSettings(List.of(preload), Optional.empty()),
            TemplateLife.FOR_EVER,
            environment,
            BOUND.multipliedBy(4),
            BOUND.multipliedBy(2)),
        Clock.systemUTC());
  }

  private static HostOrder order(MoodyPlugin plugin) {
    return new HostOrder(
        new QueueName("q"), plugin, _ -> {}, CompletableFuture.completedFuture(_ -> true));
  }

  private static ProcessHandle templateOf(TaskHost host) {
    return ProcessHandle.of(host.pid()).flatMap(ProcessHandle::parent).orElseThrow();
  }

  private static CompletableFuture<TaskResult<List<String>>> ask(TaskHost host, String function) {
    CompletableFuture<TaskResult<List<String>>> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("ask-" + function)
        .start(
            () -> {
              try {
                answer.complete(host.call(MoodyPlugin.call(function)));
              } catch (InterruptedException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  private static String ended(TaskResult<List<String>> result) {
    assertThat(result).isInstanceOf(TaskResult.Failed.class);
    return switch (result) {
      case TaskResult.Failed<List<String>>(TaskFailure.HostEnded(String how)) -> how;
      case TaskResult.Failed<List<String>>(var other) -> throw new AssertionError(other);
      case TaskResult.Done<List<String>>(var names) -> throw new AssertionError(names);
    };
  }
}
