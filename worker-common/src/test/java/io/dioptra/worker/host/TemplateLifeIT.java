package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real templates: when they come, and when they go. */
class TemplateLifeIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private int jobs;

  @Test
  void aTemplateThatDiesIsStartedAgainWithoutAJob() throws Exception {
    module("big", "pass");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "big")) {
      hosts.awaitReady();
      ProcessHandle first = templateOf(hosts);
      first.destroyForcibly();
      assertThat(first.onExit()).succeedsWithin(BOUND);
      // The next one tells that it imports, and nobody asked for it.
      String pid = awaitLine("imported", 2).getLast();
      ProcessHandle second = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      assertThat(templateOf(hosts)).isEqualTo(second).isNotEqualTo(first);
      assertThat(notes).isEmpty();
    }
  }

  @Test
  void aTemplateThatDiesAgainIsStartedLaterAndNoJobWaitsForThat() throws Exception {
    module("big", "pass");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "big")) {
      hosts.awaitReady();
      run(hosts, everything()).destroyForcibly();
      ProcessHandle second =
          ProcessHandle.of(Long.parseLong(awaitLine("imported", 2).getLast())).orElseThrow();
      ProcessHandle serving = run(hosts, everything());
      assertThat(serving).isEqualTo(second);
      long death = System.nanoTime();
      second.destroyForcibly();
      assertThat(second.onExit()).succeedsWithin(BOUND);
      notes.clear();

      ProcessHandle bare = run(hosts, everything());
      assertThat(notes).isEmpty();
      assertThat(lines("imported")).hasSize(2).doesNotContain(Long.toString(bare.pid()));
      awaitLine("imported", 3);
      assertThat(Duration.ofNanos(System.nanoTime() - death)).isGreaterThan(Duration.ofMillis(900));
    }
  }

  @Test
  void jobsRunWhereTheOnlyModuleCannotBePreloaded() throws Exception {
    module("deadly", "import os; os._exit(3)");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "deadly")) {
      assertThat(hosts.awaitReady())
          .startsWith("every job imports for itself, because the Python template left with exit");
      assertThat(run(hosts, everything()).isAlive()).isTrue();
      assertThat(awaitLine("imported", 2)).hasSize(2);
    }
  }

  @Test
  void aModuleThatEndedItsTemplateIsNotPreloadedAgain() throws Exception {
    module("deadly", "import os; os._exit(3)");
    module("good", "pass");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "deadly", "good")) {
      assertThat(hosts.awaitReady()).startsWith("1 modules imported");
      assertThat(awaitLine("imported", 3)).hasSize(3);
    }
  }

  @Test
  void aTemplateIsReplacedAfterItsForksAndKeepsTheHostsThatItHas() throws Exception {
    module("big", "pass");
    try (TaskHosts hosts = open(new TemplateLife(2, Optional.empty()), "big")) {
      hosts.awaitReady();
      MoodyPlugin plugin = plugin();
      try (TaskHost early = hosts.start(order(plugin, everything()))) {
        plugin.prepare(early);
        ProcessHandle first = parentOf(early);
        ProcessHandle second = awaitAnother(hosts, first);
        assertThat(awaitLine("imported", 2).getLast()).isEqualTo(Long.toString(second.pid()));
        assertThat(first.isAlive()).isTrue();
        assertThat(early.call(MoodyPlugin.call("parent"))).isInstanceOf(TaskResult.Done.class);
        assertThat(plugin.next()).isEqualTo("parent " + first.pid());
        early.finish();
        assertThat(first.onExit()).succeedsWithin(BOUND);
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  @Test
  void aTemplateThatGrowsIsReplaced() throws Exception {
    module(
        "growing",
        """
        import os
        leak = []
        os.register_at_fork(after_in_parent=lambda: leak.append(b"x" * (200 << 20)))
        """);
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "growing")) {
      hosts.awaitReady();
      ProcessHandle first = templateOf(hosts);
      assertThat(first.onExit()).succeedsWithin(BOUND);
      assertThat(awaitLine("imported", 2).getFirst()).isEqualTo(Long.toString(first.pid()));
    }
  }

  @Test
  void anIdleTemplateIsLetGoAndComesBackWithTheNextJob() throws Exception {
    module("big", "pass");
    TemplateLife life = new TemplateLife(1000, Optional.of(Duration.ofMillis(500)));
    try (TaskHosts hosts = open(life, "big")) {
      hosts.awaitReady();
      ProcessHandle first =
          ProcessHandle.of(Long.parseLong(awaitLine("imported", 1).getFirst())).orElseThrow();
      assertThat(first.onExit()).succeedsWithin(BOUND);

      ProcessHandle second = templateOf(hosts);
      assertThat(second.pid()).isEqualTo(Long.parseLong(awaitLine("imported", 2).getLast()));
      assertThat(notes.poll()).startsWith("Waited ").contains("which had begun before");
      assertThat(second.onExit()).succeedsWithin(BOUND);
      assertThat(lines("imported")).hasSize(2);
    }
  }

  @Test
  void aJobThatNeedsNothingOfWhatIsStillImportedDoesNotWait() throws Exception {
    Path gate = folder.resolve("gate");
    module("quick", "pass");
    module("slow", "import os, time\nwhile not os.path.exists('" + gate + "'): time.sleep(0.01)");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "quick", "slow")) {
      List<Collection<String>> asked = new ArrayList<>();
      ProcessHandle bare =
          run(
              hosts,
              CompletableFuture.completedFuture(
                  modules -> {
                    asked.add(List.copyOf(modules));
                    return false;
                  }));
      assertThat(asked).hasSize(1);
      assertThat(asked.getFirst()).contains("slow");
      assertThat(notes.poll())
          .startsWith("Python starts without its usual imports")
          .contains("slow");

      CompletableFuture<ProcessHandle> waiting = runBeside(hosts, everything());
      Files.createFile(gate);
      assertThat(waiting).succeedsWithin(BOUND).isNotEqualTo(bare);
      assertThat(waiting.join().pid())
          .isEqualTo(Long.parseLong(awaitLine("imported", 1).getFirst()));
      assertThat(notes.poll(BOUND.toSeconds(), TimeUnit.SECONDS)).startsWith("Waited ");
    }
  }

  @Test
  void aJobWhoseCodeNeverComesIsNotHeldUp() throws Exception {
    module("slow", "import time; time.sleep(600)");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "slow")) {
      CompletableFuture<JobCode> code = new CompletableFuture<>();
      CompletableFuture<ProcessHandle> starting = runBeside(hosts, code);
      code.completeExceptionally(new IOException("the API is gone"));
      assertThat(starting).succeedsWithin(BOUND);
    }
  }

  @Test
  void whatJobsTookLongToImportIsPreloadedForTheNext() throws Exception {
    Path site = folder.resolve("site");
    Files.createDirectories(site.resolve("weighty"));
    Files.writeString(site.resolve("weighty/__init__.py"), "");
    Files.writeString(
        site.resolve("weighty/core.py"),
        "import time, os\ntime.sleep(0.2)\nimport string, re, difflib\nPID = os.getpid()\n");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER)) {
      assertThat(hosts.awaitReady()).startsWith("every job imports for itself");
      MoodyPlugin plugin = plugin();
      ProcessHandle bare;
      try (TaskHost host = hosts.start(order(plugin, everything()))) {
        plugin.prepare(host);
        assertThat(host.call(MoodyPlugin.call("weigh"))).isInstanceOf(TaskResult.Done.class);
        assertThat(plugin.next()).isEqualTo("weighed by " + host.pid());
        bare = parentOf(host);
        host.finish();
      }
      ProcessHandle template = awaitAnother(hosts, bare);
      MoodyPlugin next = plugin();
      try (TaskHost host = hosts.start(order(next, everything()))) {
        next.prepare(host);
        assertThat(host.call(MoodyPlugin.call("weigh"))).isInstanceOf(TaskResult.Done.class);
        assertThat(next.next()).isEqualTo("weighed by " + template.pid());
        host.finish();
      }
    }
    try (TaskHosts later = open(TemplateLife.FOR_EVER)) {
      assertThat(later.awaitReady()).contains("modules imported");
      MoodyPlugin plugin = plugin();
      try (TaskHost host = later.start(order(plugin, everything()))) {
        plugin.prepare(host);
        assertThat(host.call(MoodyPlugin.call("weigh"))).isInstanceOf(TaskResult.Done.class);
        assertThat(plugin.next()).isEqualTo("weighed by " + parentOf(host).pid());
      }
    }
    assertThat(learned()).content().contains("weighty.core").doesNotContain("moods");
  }

  @Test
  void whatAJobToldWhileATemplateWasImportingIsInTheOneAfterIt() throws Exception {
    Path gate = folder.resolve("gate");
    module("slow", "import os, time\nwhile not os.path.exists('" + gate + "'): time.sleep(0.01)");
    Path weighty = Files.createDirectories(folder.resolve("site").resolve("weighty"));
    Files.writeString(weighty.resolve("__init__.py"), "");
    Files.writeString(
        weighty.resolve("core.py"), "import time, os\ntime.sleep(0.2)\nimport difflib\nPID = 0\n");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER, "slow")) {
      MoodyPlugin plugin = plugin();
      CompletableFuture<JobCode> code = CompletableFuture.completedFuture(_ -> false);
      try (TaskHost host = hosts.start(order(plugin, code))) {
        plugin.prepare(host);
        assertThat(host.call(MoodyPlugin.call("weigh"))).isInstanceOf(TaskResult.Done.class);
        host.finish();
      }
      assertThat(learned()).content().contains("weighty.core");
      Files.createFile(gate);
      assertThat(awaitLine("imported", 2)).hasSize(2);
    }
  }

  @Test
  void whatWasLearnedAndKeepsATemplateFromForkingIsForgotten() throws Exception {
    MoodyPlugin.copy("busy.py", folder.resolve("site"));
    module("good", "pass");
    Files.writeString(
        learned(), "{\"queues\": {\"q\": {\"busy\": 2.0, \"good\": 1.0, \"gone\": 0.5}}}");
    try (TaskHosts hosts = open(TemplateLife.FOR_EVER)) {
      assertThat(hosts.awaitReady()).startsWith("1 modules imported");
    }
    assertThat(learned()).content().containsPattern("\"q\" : \\{\\s*\"good\" : 1.0\\s*}");
    assertThat(learned()).content().contains("\"busy\" : \"a preloaded module runs threads");
    assertThat(learned()).content().contains("\"gone\" : \"ModuleNotFoundError");
  }

  private Path learned() {
    return folder.resolve("learned.json");
  }

  private TaskHosts open(TemplateLife life, String... preload) throws Exception {
    Path site = Files.createDirectories(folder.resolve("site"));
    return TaskHosts.open(
        new HostSettings(
            PythonEnvironment.named("worker-common").interpreter(),
            Optional.of(Checkout.find().resolve("task-host/src")),
            new PreloadSettings(
                List.of(preload),
                Optional.of(new PreloadSettings.Learning(learned(), List.of("q")))),
            life,
            Map.of("PATH", "/usr/bin:/bin", "PYTHONPATH", site.toString()),
            BOUND,
            BOUND),
        Clock.systemUTC());
  }

  /** A module that says, in a file, which process imported it. */
  private void module(String name, String code) throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.writeString(
        site.resolve(name + ".py"),
        """
        import os
        with open(%s, "a") as told:
            told.write(f"{os.getpid()}\\n")
        %s
        """
            .formatted("'" + folder.resolve("imported") + "'", code));
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private List<String> awaitLine(String name, int count) throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    while (lines(name).size() < count) {
      assertThat(System.nanoTime()).as("%d lines in %s", count, name).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return lines(name);
  }

  private MoodyPlugin plugin() throws IOException {
    jobs++;
    return new MoodyPlugin(Files.createDirectory(folder.resolve("job-" + jobs)));
  }

  private HostOrder order(MoodyPlugin plugin, CompletableFuture<JobCode> code) {
    return new HostOrder(new QueueName("q"), plugin, notes::add, code);
  }

  /** The code of a job that needs all there is. */
  private static CompletableFuture<JobCode> everything() {
    return CompletableFuture.completedFuture(_ -> true);
  }

  /** Runs a job that does nothing. Returns the process that its host was forked from. */
  private ProcessHandle run(TaskHosts hosts, CompletableFuture<JobCode> code) throws Exception {
    MoodyPlugin plugin = plugin();
    try (TaskHost host = hosts.start(order(plugin, code))) {
      plugin.prepare(host);
      ProcessHandle parent = parentOf(host);
      host.finish();
      return parent;
    }
  }

  private CompletableFuture<ProcessHandle> runBeside(
      TaskHosts hosts, CompletableFuture<JobCode> code) {
    CompletableFuture<ProcessHandle> parent = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("job")
        .start(
            () -> {
              try {
                parent.complete(run(hosts, code));
              } catch (Exception e) {
                parent.completeExceptionally(e);
              }
            });
    return parent;
  }

  private ProcessHandle templateOf(TaskHosts hosts) throws Exception {
    return run(hosts, everything());
  }

  private ProcessHandle awaitAnother(TaskHosts hosts, ProcessHandle first) throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    ProcessHandle now = first;
    while (now.equals(first)) {
      assertThat(System.nanoTime()).as("another template serves").isLessThan(end);
      now = run(hosts, everything());
    }
    return now;
  }

  private static ProcessHandle parentOf(TaskHost host) {
    return ProcessHandle.of(host.pid()).flatMap(ProcessHandle::parent).orElseThrow();
  }
}
