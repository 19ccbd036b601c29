package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.Severity;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import io.dioptra.worker.task.ValueHandle.Origin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GraphWalkTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskFailure RAISED = new TaskFailure.Raised("ValueError", "no", "Trace");

  private final RecordingRunner runner = new RecordingRunner();
  private final List<LogLine> log = new ArrayList<>();

  @Test
  void stepsAreCalledInOrderAndLogged() throws Exception {
    Configurations graph = Configurations.withGraph("{b: {one: '$a'}, a: {one: 1}}");
    assertThat(run(graph, "{}")).isEqualTo(new WalkResult.Done());
    assertThat(runner.calls).extracting(TaskCall::step).containsExactly("a", "b");
    assertThat(runner.calls).extracting(TaskCall::plugin).containsOnly("p.m.one");
    assertThat(log)
        .containsExactly(
            said("Running step: a"),
            said("Step \"a\" done: 1 of 2, 1.24 s"),
            said("Running step: b"),
            said("Step \"b\" done: 2 of 2, 1.24 s"));
  }

  @Test
  void aStepThatFailsSaysSoToo() throws Exception {
    runner.failing("a", RAISED);
    run(Configurations.withGraph("{a: {one: 1}, b: {one: 1}}"), "{}");
    assertThat(log)
        .containsExactly(said("Running step: a"), said("Step \"a\" failed: 1 of 2, after 1.24 s"));
  }

  @Test
  void aStepWhoseReferenceStandsForNothingHasFailed() throws Exception {
    run(Configurations.withGraph("{a: {one: {v: {task: 'foo', v: '$b'}}}, b: {one: 1}}"), "{}");
    assertThat(log).contains(said("Step \"a\" failed: 1 of 2, after 1.24 s"));
  }

  @Test
  void argumentsAreResolvedAndLiteralsLoseOneDollarSign() throws Exception {
    Configurations graph =
        Configurations.withGraph(
                """
                {a: {two: [1]}, b: {task: 'one', kwargs:
                  {v: {'$key': ['$p', '$a.a', '$ai', '$ai.y', '$$x', '$$', '$', 'lit $p', 2]}}}}
                """)
            .with("parameters", "{p: {default: '$$raw'}}")
            .with("artifact_inputs", "{ai: {y: 'any'}}");
    run(graph, "{}");
    Value resolved =
        Value.items(
            reference(Origin.PARAMETER, "p", ""),
            reference(Origin.STEP, "a", "a"),
            reference(Origin.ARTIFACT, "ai", "y"),
            reference(Origin.ARTIFACT, "ai", "y"),
            new Value.Text("$x"),
            new Value.Text("$"),
            new Value.Text("$"),
            new Value.Text("lit $p"),
            Value.Int.of(2));
    assertThat(new Fields(runner.calls.getLast().keywords()).members("v"))
        .containsExactly(Map.entry("$key", resolved));
    assertThat(runner.bound).containsExactly(Json.map("{p: '$$raw'}"));
  }

  @Test
  void outputsAreNamedAsTheTaskDeclaresThem() throws Exception {
    run(Configurations.withGraph("{n: {none: []}, o: {one: 1}, t: {two: 1}}"), "{}");
    assertThat(runner.calls)
        .extracting(TaskCall::outputs)
        .containsExactly(
            new Outputs.None(), new Outputs.One("o"), new Outputs.Each(List.of("a", "b")));
  }

  @Test
  void parametersAreCompletedByDefaultsAndUnusedOnesDropped() throws Exception {
    Configurations graph =
        Configurations.valid().with("parameters", "{d: {default: {k: 1}}, p: 1, q: {type: 'any'}}");
    assertThat(run(graph, "{x: 1, q: null, y: 2, p: 'wrong type'}"))
        .isEqualTo(new WalkResult.Done());
    assertThat(runner.bound.getFirst().sequencedEntrySet())
        .containsExactlyElementsOf(
            Json.map("{q: null, p: 'wrong type', d: {k: 1}}").sequencedEntrySet());
    assertThat(log.getFirst())
        .isEqualTo(
            LogLine.of(
                NOW,
                Severity.WARNING,
                GraphWalk.LOGGER,
                "Some global parameters were unused: x, y"));
  }

  @Test
  void aParameterWithoutValueEndsTheWalkBeforeAnyCall() throws Exception {
    Configurations graph =
        Configurations.valid().with("parameters", "{a: {type: 'any'}, b: {type: 'any'}, c: 1}");
    assertThat(run(graph, "{}"))
        .isEqualTo(new WalkResult.Stuck("Missing values for global parameters: a, b"));
    assertThat(runner.bound).isEmpty();
    assertThat(runner.calls).isEmpty();
  }

  @Test
  void theFirstStepThatFailsEndsTheWalk() throws Exception {
    runner.failing("b", RAISED);
    assertThat(run(Configurations.withGraph("{a: {one: 1}, b: {one: 1}, c: {one: 1}}"), "{}"))
        .isEqualTo(new WalkResult.Failed("step \"b\"", RAISED));
    assertThat(runner.calls).extracting(TaskCall::step).containsExactly("a", "b");
  }

  @Test
  void parametersThatCannotBeBoundEndTheWalk() throws Exception {
    TaskFailure gone = new TaskFailure.HostEnded("signal 9");
    runner.failing("", gone);
    assertThat(run(Configurations.valid(), "{}"))
        .isEqualTo(new WalkResult.Failed("the parameters", gone));
  }

  @Test
  void aReferenceThatTheSearchDidNotSeeFailsInItsStep() throws Exception {
    Configurations graph =
        Configurations.withGraph("{s1: {one: {v: {task: 'foo', v: '$s2'}}}, s2: {one: 1}}");
    assertThat(graph.graph().steps()).containsExactly("s1", "s2");
    assertThat(run(graph, "{}"))
        .isEqualTo(new WalkResult.Stuck("In step \"s1\": Unresolvable reference: s2"));
    assertThat(runner.calls).isEmpty();
  }

  @Test
  void anOutputThatDidNotComeIsMissedByItsReader() throws Exception {
    runner.returning("s", "a");
    Configurations graph = Configurations.withGraph("{s: {two: 1}, r: {one: '$s.b'}}");
    assertThat(run(graph, "{}"))
        .isEqualTo(new WalkResult.Stuck("In step \"r\": Unrecognized output of step \"s\": b"));
  }

  @Test
  void aSingleOutputThatDidNotComeIsMissedByItsReader() throws Exception {
    runner.returning("s");
    Configurations graph =
        Configurations.withGraph("{s: {single: []}, r: {one: '$s'}}")
            .with(
                "tasks",
                """
                {single: {plugin: 'p.m.s', outputs: [{o: 'any'}]},
                 one: {plugin: 'p.m.o', inputs: [{v: 'any'}]}}
                """);
    assertThat(run(graph, "{}"))
        .isEqualTo(
            new WalkResult.Stuck(
                "In step \"r\": An output name is required when referring to a step with more than"
                    + " one output: s"));
  }

  @Test
  void anArtifactWithoutTheOutputIsMissedByItsReader() throws Exception {
    Configurations graph =
        Configurations.withGraph("{s: {one: '$ai.y'}}")
            .with("artifact_inputs", "{ai: [{x: 'any'}, {y: 'any'}]}");
    assertThat(walk(graph).run(Json.map("{}"), Map.of("ai", List.of("x"))))
        .isEqualTo(
            new WalkResult.Stuck(
                "In step \"s\": Unrecognized output of artifact parameter \"ai\": y"));
    assertThat(walk(graph).run(Json.map("{}"), Map.of()))
        .isEqualTo(new WalkResult.Stuck("In step \"s\": Unresolvable reference: ai"));
  }

  @Test
  void artifactsAreWrittenInOrderAndOneThatFailsDoesNotStopTheOthers() throws Exception {
    runner.failing("first", RAISED);
    Configurations graph =
        Configurations.valid()
            .withArtifactTask("X", "null")
            .with(
                "artifact_outputs",
                """
                {first: {contents: '$s', task: {name: 'X', args: {k: '$verbatim'}}},
                 second: {contents: '$$text', task: {name: 'X'}}}
                """);
    GraphWalk walk = walk(graph);
    walk.run(Json.map("{}"), Map.of());
    assertThat(walk.save())
        .containsExactly(
            new SaveResult.Failed("first", RAISED),
            new SaveResult.Saved("second", "X", Path.of("/job/second")));
    assertThat(runner.saves.getFirst().contents()).isEqualTo(reference(Origin.STEP, "s", "o"));
    assertThat(runner.saves.getFirst().arguments()).isEqualTo(Json.map("{k: '$verbatim'}"));
    assertThat(runner.saves.getLast().contents()).isEqualTo(new Value.Text("$text"));
  }

  @Test
  void anArtifactWithoutContentsIsNotWritten() throws Exception {
    runner.returning("s", "a");
    Configurations graph =
        Configurations.withGraph("{s: {two: 1}}")
            .withArtifactTask("X", "null")
            .with("artifact_outputs", "{o: {contents: '$s.b', task: {name: 'X'}}}");
    GraphWalk walk = walk(graph);
    walk.run(Json.map("{}"), Map.of());
    assertThat(walk.save())
        .containsExactly(new SaveResult.Stuck("o", "Unrecognized output of step \"s\": b"));
  }

  @Test
  void anExceptionThatShowsAMadeUpNameIsShownInTheUsersWords() throws Exception {
    runner.failing("s", new TaskFailure.Raised("KeyError", "'s_one'", "in s_one: KeyError"));
    Configurations graph =
        Configurations.withGraph("{s: {'?sw': {'?outputs': ['o'], c: {one: 1}}}}");
    String shown = "one (step 's', swap '?sw', choice 'c')";
    assertThat(run(graph, "{}"))
        .isEqualTo(
            new WalkResult.Failed(
                "step \"s\"",
                new TaskFailure.Raised(
                    "RuntimeError", "'" + shown + "'", "in " + shown + ": KeyError")));
  }

  private WalkResult run(Configurations configuration, String parameters) throws Exception {
    return walk(configuration).run(Json.map(parameters), Map.of("ai", List.of("y")));
  }

  private GraphWalk walk(Configurations configuration) {
    return new GraphWalk(
        configuration.graph(), runner, log::add, Clock.fixed(NOW, ZoneOffset.UTC), monotonic());
  }

  /** Each look at it is 1.2351 seconds after the one before. */
  private static MonotonicClock monotonic() {
    AtomicLong now = new AtomicLong();
    return new MonotonicClock() {
      @Override
      public long nanoTime() {
        return now.getAndAdd(1_235_100_000L);
      }

      @Override
      public void sleep(Duration time) {
        now.addAndGet(time.toNanos());
      }
    };
  }

  private static LogLine said(String event) {
    return LogLine.of(NOW, Severity.INFO, GraphWalk.LOGGER, event);
  }

  private static Value reference(Origin origin, String producer, String output) {
    return new Value.Reference(new ValueHandle(origin, producer, output));
  }
}
