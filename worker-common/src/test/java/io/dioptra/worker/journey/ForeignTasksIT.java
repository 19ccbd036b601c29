package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.ServerCommand;
import io.dioptra.worker.testing.ServerProcess;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of somebody else's jar, from the jar to a job. */
@ExtendWith(SharedSite.class)
@TestInstance(Lifecycle.PER_CLASS)
class ForeignTasksIT {
  private static final Duration BOUND = Duration.ofMinutes(2);

  /** Its library says something where only what Dioptra reads may stand. */
  private static final String SOURCE =
      """
      package com.example.foreign;

      import io.dioptra.worker.jvm.*;
      import java.lang.foreign.ValueLayout;

      public final class Sums implements TaskLibrary {
        public Sums() {
          System.out.println("Sums was loaded");
        }

        public String name() {
          return "sums";
        }

        public String description() {
          return "Sums of series";
        }

        public java.util.Map<String, String> types() {
          return java.util.Map.of("series", "float64 array of shape (n,)");
        }

        @Task(name = "count_up", description = "The first numbers.",
            outputs = @Output(name = "numbers", type = "series"))
        public static Tensor countUp(@Input(name = "count", type = "integer") int count) {
          Tensor numbers = Tensor.allocate(ElementType.FLOAT64, count);
          for (int i = 0; i < count; i++) {
            numbers.memory().setAtIndex(ValueLayout.JAVA_DOUBLE, i, i + 1);
          }
          return numbers;
        }

        @Task(name = "add_up", description = "Adds the numbers of a series, multiplied.",
            outputs = @Output(name = "sum", type = "number"))
        public static double addUp(
            @Input(name = "numbers", type = "series", shape = Input.ANY) Tensor numbers,
            @Input(name = "factor", type = "number", defaultValue = "10") double factor) {
          double sum = 0;
          for (int i = 0; i < numbers.size(); i++) {
            sum += factor * numbers.memory().getAtIndex(ValueLayout.JAVA_DOUBLE, i);
          }
          System.out.println("The sum is " + sum);
          return sum;
        }
      }
      """;

  private static final String GRAPH =
      """
      numbers:
        count_up: [$count]
      sum:
        add_up:
          numbers: $numbers
      """;

  private DioptraSite site;
  private Path folder;
  private Map<String, String> variables;

  @BeforeAll
  void buildTheJar(DioptraSite shared, @TempDir Path temporary) throws Exception {
    site = shared;
    folder = temporary;
    ForeignJar jar = new ForeignJar(Files.createDirectory(folder.resolve("foreign")));
    jar.build("Sums", SOURCE);
    variables = new HashMap<>(site.workerEnvironment());
    variables.put("DIOPTRA_WORKER_JARS", jar.jars().toString());
  }

  @Test
  void theyAreListed() throws Exception {
    assertThat(told(0, "tasks"))
        .contains("sums  (" + folder, "foreign.jar)", "sums.add_up(numbers, factor)")
        .contains("- numbers: series; an array of shape (any)")
        .contains("- factor: number, not required (10); a number");
    assertThat(told(0, "tasks", "--toml", "sums")).contains("path = \"plugins/sums\"");
    assertThat(told(1, "tasks", "others")).contains("called \"others\"; there are sums.");
    assertThat(told(0, "tasks", "--help")).contains("--plugin=DIR");
  }

  @Test
  void aBrokenLibraryIsToldAndTheOthersAreListed() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.copy(
        Path.of(variables.get("DIOPTRA_WORKER_JARS"), "foreign.jar"), broken.resolve("f.jar"));
    ForeignJar jar = new ForeignJar(Files.createDirectory(folder.resolve("second")));
    jar.build("Bad", SOURCE.replace("Sums", "Bad").replace("\"sums\"", "\"bad one\""));
    Files.copy(jar.jars().resolve("foreign.jar"), broken.resolve("bad.jar"));
    Map<String, String> more = new HashMap<>(variables);
    more.put("DIOPTRA_WORKER_JARS", broken.toString());
    assertThat(told(1, more, "tasks"))
        .contains("sums.add_up")
        .contains(
            "com.example.foreign.Bad of JVM tasks is left out: the library is called \"bad one\"");
  }

  @Test
  void dioptraImportsThemAndOurWorkerRunsThem() throws Exception {
    try (Workshop shop = Workshop.open(site, variables, "--preload", "none")) {
      EndedJob job = shop.ended(submitted(shop.kind(entrypoint())));
      assertThat(job.status()).as(job.log()).isEqualTo("finished");
      assertThat(job.log()).contains("The sum is 150.0");
    }
  }

  @Test
  void anotherWorkerSaysWhichImageIsNeeded() throws Exception {
    String name = Python.unique();
    int queue = site.client().createQueue(name);
    int entrypoint = site.client().createEntrypoint(entrypoint(), queue);
    int experiment = site.client().createExperiment(Python.unique(), entrypoint);
    SubmittedJob job = submitted(new JobKind(site.client(), experiment, entrypoint, queue));
    Path program =
        PythonEnvironment.named("dioptra-api-1.2")
            .interpreter()
            .resolveSibling("dioptra-worker-v1");
    ServerCommand official =
        new ServerCommand(
            "Dioptra's worker",
            List.of(program.toString(), "--burst", "--url", site.redis().toString(), name),
            site.workerEnvironment(),
            Files.createDirectory(folder.resolve("official")));
    try (ServerProcess worker = ServerProcess.start(official)) {
      assertThat(job.awaitEnd(BOUND)).as(Files.readString(worker.log())).isEqualTo("failed");
      assertThat(Files.readString(worker.log()))
          .contains("submit the job to a queue that is served by an image of the Java worker");
    }
  }

  private SubmittedJob submitted(JobKind kind) throws Exception {
    return kind.job().submit();
  }

  /** Of the plugin that the worker writes, through Dioptra's import. */
  private EntrypointSource entrypoint() throws Exception {
    Path plugins = Files.createTempDirectory(folder, "plugins");
    assertThat(told(0, "tasks", "--plugin", plugins.toString()))
        .contains(plugins.resolve("dioptra.toml").toString());
    int plugin = site.client().importFolder(plugins).plugins().getOrDefault("sums", -1);
    return EntrypointSource.of(Python.unique(), GRAPH)
        .parameter("count", "integer", "5")
        .plugins(plugin);
  }

  private String told(int status, String... arguments) throws Exception {
    return told(status, variables, arguments);
  }

  private String told(int status, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "tasks");
    try (WorkerProcess worker = WorkerProcess.start("worker-common", environment, own, arguments)) {
      assertThat(worker.process().onExit()).succeedsWithin(BOUND);
      assertThat(worker.process().onExit().join()).as(worker.log()).isEqualTo(status);
      return worker.log();
    }
  }
}
