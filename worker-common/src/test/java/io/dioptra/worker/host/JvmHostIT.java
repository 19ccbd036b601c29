package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@TestInstance(Lifecycle.PER_CLASS)
@Isolated("measures the hand-over of a gigabyte against a copy")
class JvmHostIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private TaskHosts hosts;

  @BeforeAll
  void start() throws Exception {
    hosts = JvmTrial.hosts(LONG);
  }

  @AfterAll
  void stop() {
    hosts.close();
  }

  @Test
  void arraysOfEveryTypeComeBackAsTheyWere() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("all_arrays");
      assertThat(job.next()).isEqualTo("arrays were the same");
    }
  }

  @Test
  void arraysOfEverySizeComeBackAsTheyWere() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("sizes");
      assertThat(job.next()).isEqualTo("sizes were the same");
    }
  }

  @Test
  void theCallOfAFunctionWithThirtyTwoDigitsTakesLessThanAMillisecond() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("cheap");
      assertThat(Double.parseDouble(job.next())).isLessThan(1);
    }
  }

  @Test
  void arraysBelongToWhoHasThemAndAreFreedByTheLast() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("ownership");
      assertThat(job.next()).isEqualTo("arrays were freed");
    }
  }

  @Test
  void valuesAndObjectsComeBackAsTheyWere() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("values");
      assertThat(job.next()).isEqualTo("values were the same");
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatIsExpectedAndWhatWasFound() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("refusals");
      assertThat(job.next())
          .isEqualTo(
              "TypeError trial.copy: argument 1 is an array of dtype '>f4' (>f4) cannot be shared"
                  + " with other hosts; they know bool, int8, int16, int32, int64, uint8, uint16,"
                  + " uint32, uint64, float16, float32, float64, little endian. Convert it first:"
                  + " array.astype(array.dtype.newbyteorder(\"<\")).");
      assertThat(job.next()).contains("dtype '|O'");
      assertThat(job.next()).contains("dtype '<c8'");
      assertThat(job.next()).contains("argument 1 is a object, which no JVM task can be given");
      assertThat(job.next())
          .isEqualTo("JvmTaskError trial.copy: \"array\" has to be an array; it is the number 3");
      assertThat(job.next())
          .contains("an array float32 of shape (any); it is an array float32 of shape (2, 2)");
      assertThat(job.next())
          .contains("an array float32 of shape (any); it is an array float64 of shape (2)");
      assertThat(job.next()).contains("\"flag\" has to be a boolean; it is the number 1");
      assertThat(job.next()).contains("\"count\" has to be an integer of 32 bits");
      assertThat(job.next()).contains("\"text\" has to be a text; it is nothing");
      assertThat(job.next()).contains("takes 6 arguments, but 7 were given");
      assertThat(job.next()).contains("TrialTasks$Counter; it is an object with the members []");
      assertThat(job.next()).contains("\"array\" has to be an array; it is nothing");
      assertThat(job.next()).contains("read-only");
      assertThat(job.next())
          .contains("no JVM task \"trial.nowhere\" is installed on this worker; there are trial.");
    }
  }

  @Test
  void anExceptionIsToldWithItsCauseAndWithoutOurFrames() throws Exception {
    try (JvmTrial job = job("one")) {
      TaskFailure.Raised raised = (TaskFailure.Raised) job.fail("fail");
      assertThat(raised.type()).isEqualTo("dioptra_task_host.jvm.JvmTaskError");
      assertThat(raised.message())
          .startsWith("trial.fail: no luck\njava.lang.IllegalStateException: no luck\n\tat")
          .contains("TrialTasks.fail(", "Caused by: java.io.IOException: the cause")
          .doesNotContain("jvm.host", "reflect");
      job.host().finish();
      assertThat(job.said())
          .contains(
              "trial.slf4j: about to fail: no luck",
              "trial.jdk: failing",
              "stdout: printed by Java");
    }
  }

  @Test
  void aFullHeapEndsTheCallAndNotTheProcess() throws Exception {
    try (JvmTrial job = job("one")) {
      assertThat(job.fail("fill"))
          .isInstanceOfSatisfying(
              TaskFailure.Lacked.class,
              it -> {
                assertThat(it.what()).isEqualTo(TaskFailure.Means.MEMORY);
                assertThat(it.raised().message())
                    .contains("the JVM's heap is full", "DIOPTRA_WORKER_JVM_OPTS");
              });
      job.run("calls");
    }
  }

  @Test
  void theNextJobFindsTheProcessWarmAndTheOneBesideItGetsItsOwn() throws Exception {
    String first;
    try (JvmTrial job = job("one")) {
      job.run("calls");
      first = job.next();
      job.host().finish();
    }
    try (JvmTrial next = job("two");
        JvmTrial beside = job("three")) {
      next.run("calls");
      beside.run("calls");
      String[] before = first.split(" ");
      String[] after = next.next().split(" ");
      assertThat(after[0]).isEqualTo(before[0]);
      assertThat(Integer.parseInt(after[1])).isGreaterThan(Integer.parseInt(before[1]));
      assertThat(beside.next()).doesNotStartWith(before[0] + " ");
    }
  }

  @Test
  void aCrashIsAnExceptionAndTheNextCallFindsANewProcess() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("crash");
      String ended = job.said().stream().filter(it -> it.contains("ended:")).findFirst().orElse("");
      assertThat(ended).contains("the JVM task host was ended by signal 6 (SIGABRT)");
      assertThat(job.said()).anyMatch(it -> it.contains("stdout: #  SIGSEGV (0xb)"));
      assertThat(job.said())
          .anyMatch(it -> it.contains("object: ") && it.contains("the JVM that held it has ended"));
    }
  }

  @Test
  void aCrashThatNobodyCatchesIsNoFaultOfThePlugin() throws Exception {
    try (JvmTrial job = job("one")) {
      assertThat(job.fail("crash_unseen"))
          .isInstanceOfSatisfying(
              TaskFailure.Lacked.class,
              it -> {
                assertThat(it.what()).isEqualTo(TaskFailure.Means.JVM);
                assertThat(it.raised().type()).isEqualTo("dioptra_task_host.jvm.JvmHostEndedError");
              });
    }
  }

  @Test
  void aTaskKnowsTheJobItRunsForAndHasItsLimits() throws Exception {
    try (JvmTrial first = job("one")) {
      first.run("place");
      assertThat(first.next()).matches(".*/(one[^/]*)/model.pt \\1 " + JvmTrial.OPEN_FILES);
      first.host().finish();
    }
    try (JvmTrial second = job("two")) {
      second.run("place");
      assertThat(second.next()).matches(".*/(two[^/]*)/model.pt \\1 " + JvmTrial.OPEN_FILES);
    }
  }

  @Test
  void aJobThatIsEndedShowsWhereItsTasksAre() throws Exception {
    try (JvmTrial job = job("one")) {
      Thread call = Thread.ofVirtual().name("hang").start(() -> hang(job));
      assertThat(job.next()).isEqualTo("hanging");
      job.host().end(Duration.ofMillis(100));
      assertThat(call.join(BOUND)).isTrue();
      String all = String.join("\n", job.said());
      assertThat(all)
          .contains("What the tasks of the JVM do:\ntask:\n    at ")
          .contains("TrialTasks.hang(TrialTasks.java:")
          .contains("Current thread 0x");
    }
  }

  @Test
  void anObjectThatIsAFunctionIsOneInPythonAndIsClosedWithItsLastName() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("function");
      assertThat(job.next()).isEqualTo("jvm.apply: element 1 is negative");
      assertThat(job.next())
          .startsWith(
              "jvm.apply: \"function\" has to be an object of class"
                  + " io.dioptra.worker.jvm.BatchFunction; it is an object of class")
          .endsWith("TrialTasks$Counter");
      assertThat(job.next()).isEqualTo("1 (1, [8.0]) 0");
    }
  }

  @Test
  void aTaskThatHangsEndsWithItsJob() throws Exception {
    long process;
    try (JvmTrial job = job("one")) {
      job.run("calls");
      process = Long.parseLong(job.next().split(" ")[0]);
      Thread.ofVirtual().name("hang").start(() -> hang(job));
      assertThat(job.next()).isEqualTo("hanging");
    }
    assertThat(ProcessHandle.of(process).map(ProcessHandle::onExit))
        .satisfiesAnyOf(
            it -> assertThat(it).isEmpty(),
            it -> assertThat(it.orElseThrow()).succeedsWithin(BOUND));
    try (JvmTrial next = job("two")) {
      next.run("calls");
      assertThat(next.next()).doesNotStartWith(process + " ");
    }
  }

  @Test
  void threadsAndChildrenOfAPluginMayCall() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("first_in_a_thread");
      job.run("crowd");
      assertThat(job.said()).contains("stdout: counted 11");
    }
  }

  /** The JVM's heap is too small for it. */
  @Test
  void aGigabyteGoesThereAndBackInTheTimeOfACopyOfIt() throws Exception {
    try (JvmTrial job = job("one")) {
      job.run("a_gigabyte");
      String[] seconds = job.next().split(" ");
      double copy = Double.parseDouble(seconds[0]);
      assertThat(Double.parseDouble(seconds[1])).as("to the JVM").isLessThan(1.5 * copy);
      assertThat(Double.parseDouble(seconds[2])).as("from the JVM").isLessThan(1.5 * copy);
    }
  }

  @Test
  void aJobWhoseFolderHasALongNameIsServed() throws Exception {
    try (JvmTrial job = job("a".repeat(100))) {
      job.run("calls");
      job.host().finish();
    }
  }

  @Test
  void aProcessThatNoJobNeedsIsLetGo() throws Exception {
    try (TaskHosts others = JvmTrial.hosts(Duration.ofMillis(300));
        JvmTrial job = new JvmTrial(others, newFolder("idle"))) {
      job.run("calls");
      ProcessHandle process =
          ProcessHandle.of(Long.parseLong(job.next().split(" ")[0])).orElseThrow();
      assertThat(process.isAlive()).isTrue();
      job.host().finish();
      assertThat(process.onExit()).succeedsWithin(BOUND);
    }
  }

  @Test
  void nothingIsLeftWhenAllIsClosed() throws Exception {
    long process;
    try (TaskHosts others = JvmTrial.hosts(LONG)) {
      try (JvmTrial job = new JvmTrial(others, Files.createDirectory(folder.resolve("left")))) {
        job.run("calls");
        process = Long.parseLong(job.next().split(" ")[0]);
        job.host().finish();
      }
      assertThat(ProcessHandle.of(process)).isPresent();
    }
    assertThat(ProcessHandle.of(process)).isEmpty();
  }

  private static void hang(JvmTrial job) {
    try {
      var _ = job.call("hang");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JvmTrial job(String name) throws Exception {
    return new JvmTrial(hosts, newFolder(name));
  }

  private Path newFolder(String name) throws IOException {
    return Files.createTempDirectory(folder, name);
  }
}
