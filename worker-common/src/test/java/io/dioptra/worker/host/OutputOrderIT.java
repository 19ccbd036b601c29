package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task prints and logs arrives in the order in which it was made, whichever way it took. */
class OutputOrderIT {
  private static final Duration BOUND = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void everyWayToSaySomethingKeepsItsPlace() throws Exception {
    List<Integer> numbers =
        said("speak").stream()
            .map(line -> line.replaceAll(".* ", ""))
            .map(Integer::valueOf)
            .toList();
    assertThat(numbers).isEqualTo(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  void codeInCThatPrintsMegabytesUnderTheInterpretersLockLocksNothingUp() throws Exception {
    List<String> said = said("shout");
    assertThat(said.stream().filter(line -> line.startsWith("record")).toList())
        .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "record " + i).toList());
    assertThat(said.stream().filter(line -> line.endsWith("x")).map(line -> line.split(" ")[0]))
        .isEqualTo(IntStream.range(0, 2000).mapToObj(Integer::toString).toList());
  }

  @Test
  void whatIsPrintedIntoAFileHasNoMarksInIt() throws Exception {
    assertThat(said("redirect"))
        .containsExactly("a record", "back again", "the file has 'into the file\\n'");
  }

  @Test
  void aPrintAndARecordCostTheTaskLittle() throws Exception {
    List<String> said =
        said("cost", new Value.Text("print"), new Value.Int(BigInteger.valueOf(20_000)));
    assertThat(said).hasSize(20_001);
    System.out.println(said.getLast());
    said = said("cost", new Value.Text("record"), new Value.Int(BigInteger.valueOf(20_000)));
    assertThat(said).hasSize(20_001);
    System.out.println(said.getLast());
  }

  private List<String> said(String function, Value... arguments) throws Exception {
    MoodyPlugin plugin = new MoodyPlugin(Files.createTempDirectory(folder, function));
    try (TaskHosts hosts = open();
        TaskHost host = hosts.start(order(plugin))) {
      plugin.prepare(host);
      TaskCall call =
          new TaskCall(
              "step",
              "moods.moods." + function,
              List.of(arguments),
              new LinkedHashMap<>(),
              new Outputs.None(),
              List.of());
      assertThat(host.call(call)).isInstanceOf(TaskResult.Done.class);
      List<String> beforeTheAnswer = plugin.said();
      host.finish();
      assertThat(plugin.said()).isEqualTo(beforeTheAnswer);
    }
    return plugin.said();
  }

  private static HostOrder order(MoodyPlugin plugin) {
    return new HostOrder(
        new QueueName("q"), plugin, _ -> {}, CompletableFuture.completedFuture(_ -> true));
  }

  private static TaskHosts open() throws Exception {
    return TaskHosts.open(
        new HostSettings(
            PythonEnvironment.named("worker-common").interpreter(),
            Optional.of(Checkout.find().resolve("task-host/src")),
            new PreloadSettings(List.of(), Optional.empty()),
            TemplateLife.FOR_EVER,
            Map.of("PATH", "/usr/bin:/bin"),
            BOUND,
            BOUND),
        Clock.systemUTC());
  }
}
