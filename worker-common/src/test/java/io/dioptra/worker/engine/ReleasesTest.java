package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.task.ArtifactSave;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.ValueHandle;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which values each request lets go. */
class ReleasesTest {
  private final RecordingRunner runner = new RecordingRunner();

  @Test
  void aValueGoesWithItsLastReader() throws Exception {
    walk(Configurations.withGraph("{a: {one: 1}, b: {one: '$a'}, c: {one: ['$a']}, d: {one: 1}}"));
    assertThat(dropped("a")).isEmpty();
    assertThat(dropped("b")).containsExactly("step b o");
    assertThat(dropped("c")).containsExactlyInAnyOrder("step a o", "step c o");
    assertThat(dropped("d")).containsExactly("step d o");
  }

  @Test
  void theOrderOfTheRunCountsAndNotThatOfTheDocument() throws Exception {
    walk(Configurations.withGraph("{c: {one: [['$a', '$b']]}, b: {one: '$a'}, a: {one: 1}}"));
    assertThat(dropped("b")).isEmpty();
    assertThat(dropped("c")).containsExactlyInAnyOrder("step a o", "step b o", "step c o");
  }

  @Test
  void eachOutputGoesForItself() throws Exception {
    walk(Configurations.withGraph("{a: {two: 1}, b: {one: '$a.b'}, c: {one: 1}}"));
    assertThat(dropped("a")).containsExactly("step a a");
    assertThat(dropped("b")).containsExactlyInAnyOrder("step a b", "step b o");
  }

  @Test
  void aReferenceThatTheOrderDoesNotSeeIsARead() throws Exception {
    walk(
        Configurations.withGraph(
            "{a: {one: 1}, b: {one: 1}, c: {one: {v: {task: 'x', k: [{y: '$a'}]}}}}"));
    assertThat(dropped("b")).containsExactly("step b o");
    assertThat(dropped("c")).contains("step a o");
  }

  @Test
  void whatIsNoReferenceIsNoRead() throws Exception {
    walk(
        Configurations.withGraph(
            "{a: {one: 1}, b: {one: ['$$a']}, c: {one: 'a', dependencies: 'a'}}"));
    assertThat(dropped("a")).containsExactly("step a o");
  }

  @Test
  void parametersAndInputArtifactsGoToo() throws Exception {
    walk(
        Configurations.withGraph("{a: {one: [['$p', '$ai.x']]}, b: {one: '$q'}}")
            .with("parameters", "{p: 1, q: 2, unread: 3}")
            .with("artifact_inputs", "{ai: [{x: 'any'}, {y: 'any'}]}"));
    assertThat(dropped("a"))
        .containsExactlyInAnyOrder(
            "parameter p ", "parameter unread ", "artifact ai x", "artifact ai y", "step a o");
    assertThat(dropped("b")).containsExactlyInAnyOrder("parameter q ", "step b o");
  }

  @Test
  void theContentsOfAnArtifactGoAfterItIsWritten() throws Exception {
    walk(
        Configurations.withGraph("{a: {one: 1}, b: {one: '$a'}}")
            .withArtifactTask("X", "null")
            .with(
                "artifact_outputs",
                """
                {first: {contents: '$a', task: {name: 'X'}},
                 second: {contents: '$b.o', task: {name: 'X'}},
                 third: {contents: '$a', task: {name: 'X'}}}
                """));
    assertThat(runner.calls).allSatisfy(call -> assertThat(call.drop()).isEmpty());
    assertThat(runner.saves)
        .extracting(ArtifactSave::drop)
        .extracting(ReleasesTest::text)
        .containsExactly(List.of(), List.of("step b o"), List.of("step a o"));
  }

  @Test
  void whereANameStandsForAStepAndAnArtifactBothAreKept() throws Exception {
    walk(
        Configurations.withGraph("{x: {two: 1}, a: {one: '$x.a'}}")
            .with("artifact_inputs", "{x: {a: 'any'}}"));
    assertThat(dropped("x")).containsExactly("step x b");
    assertThat(dropped("a")).contains("step x a", "artifact x a");
  }

  private void walk(Configurations configuration) throws InterruptedException {
    GraphWalk walk =
        new GraphWalk(
            configuration.graph(), runner, _ -> {}, Clock.systemUTC(), MonotonicClock.system());
    Map<String, List<String>> artifacts = new LinkedHashMap<>();
    configuration
        .graph()
        .configuration()
        .artifactInputs()
        .forEach((name, its) -> artifacts.put(name, its.stream().map(NamedType::name).toList()));
    assertThat(walk.run(Json.map("{}"), artifacts)).isEqualTo(new WalkResult.Done());
    walk.save();
  }

  private List<String> dropped(String step) {
    TaskCall call =
        runner.calls.stream().filter(it -> it.step().equals(step)).findFirst().orElseThrow();
    return text(call.drop());
  }

  private static List<String> text(List<ValueHandle> handles) {
    return handles.stream()
        .map(
            it ->
                "%s %s %s"
                    .formatted(
                        it.origin().name().toLowerCase(Locale.ROOT), it.producer(), it.output()))
        .toList();
  }
}
