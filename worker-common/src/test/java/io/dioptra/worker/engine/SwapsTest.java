package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.task.Value;
import org.junit.jupiter.api.Test;

class SwapsTest {
  private static final String TASKS =
      """
      {t1: {plugin: 'p.m.t1', inputs: [{v: 'any'}], outputs: {o: 'any'}},
       t2: {plugin: 'p.m.t2', inputs: [{s: 'string'}], outputs: [{a: 'integer'}, {b: 'string'}]},
       t3: {plugin: 'p.m.t3'}}
      """;

  @Test
  void aChoiceBecomesTheStepAndItsTaskIsCopiedWithTheOutputsOfTheInterface() throws Exception {
    Value.Members compiled =
        compile(
            """
            {s1: {'?sw': {'?outputs': ['p', 'q'], one: {task: 't2', kwargs: {s: 'a'}}},
                  dependencies: ['s0']}, s0: {t3: []}}
            """);
    assertThat(Fields.of(compiled).members("graph").get("s1"))
        .isEqualTo(Json.value("{task: 's1_t2', kwargs: {s: 'a'}, dependencies: ['s0']}"));
    assertThat(Fields.of(compiled).members("tasks").get("s1_t2"))
        .isEqualTo(
            Json.value(
                """
                {plugin: 'p.m.t2', inputs: [{s: 'string'}],
                 outputs: [{p: 'integer'}, {q: 'string'}]}
                """));
  }

  @Test
  void aShortFormKeepsItsArguments() throws Exception {
    Value.Members compiled =
        compile("{first: {'?sw': {'?outputs': ['res'], two: {t1: {v: '$p'}}}}}");
    assertThat(Fields.of(compiled).members("graph").get("first"))
        .isEqualTo(Json.value("{first_t1: {v: '$p'}}"));
    assertThat(Fields.of(compiled).members("tasks").get("first_t1"))
        .isEqualTo(Json.value("{plugin: 'p.m.t1', inputs: [{v: 'any'}], outputs: {res: 'any'}}"));
  }

  @Test
  void aNameThatIsTakenGetsUnderscores() throws Exception {
    Value.Members compiled =
        compile(
            """
            {a_b: {'?x': {'?outputs': [], c: {t3: []}}}, a: {'?y': {'?outputs': [], c: {b_t3: []}}}}
            """,
            "{t3: {plugin: 'p.m'}, b_t3: {plugin: 'p.n'}}");
    assertThat(Fields.of(compiled).members("tasks"))
        .containsKeys("t3", "b_t3", "a_b_t3", "a_b_t3_");
  }

  @Test
  void theOriginalIsLeftAlone() throws Exception {
    Value.Members source = configuration("{s: {'?sw': {'?outputs': [], c: {t3: []}}}}", TASKS);
    Swaps.compile(source);
    assertThat(source)
        .isEqualTo(configuration("{s: {'?sw': {'?outputs': [], c: {t3: []}}}}", TASKS));
  }

  @Test
  void repeatedAndSeveralSwapsAreRefusedTogether() {
    assertThatThrownBy(
            () ->
                compile(
                    """
                    {s1: {'?sw': {'?outputs': [], c: {t3: []}}, '?sv': {'?outputs': [], c: {t3: []}}},
                     s2: {'?sw': {'?outputs': [], c: {t3: []}}}}
                    """))
        .hasMessage(
            "Invalid swaps: semantic.error: Duplicate swap name 'sw' found in task graph (appears 2"
                + " times).; semantic.error: Step 's1' contains multiple swaps (?sw, ?sv). Each"
                + " step may contain only one swap.");
  }

  @Test
  void aSwapHasOneChoiceWithTheOutputsOfItsInterface() {
    assertThatThrownBy(() -> compile("{s: {'?sw': {'?outputs': [], c: {t3: []}, d: {t3: []}}}}"))
        .hasMessage("Swap 'sw' requires exactly one selected choice.");
    assertThatThrownBy(() -> compile("{s: {'?sw': {'?outputs': ['a', 'b'], c: {t1: 1}}}}"))
        .hasMessage("Swap '?sw' task 't1' has 1 outputs; its interface requires 2.");
  }

  @Test
  void messagesShowTheTaskStepSwapAndChoice() {
    Configurations.withGraph("{s1: {'?sw': {'?outputs': ['o'], one: {t1: [1]}}}}")
        .with(
            "tasks",
            "{t1: {plugin: 'plug', inputs: [{name: 'v', type: 'any'}], outputs: {x: 'any'}}}")
        .hasIssues(
            "semantic.error: In task \"t1\": plugin ID requires at least one \".\": plug",
            "semantic.error: In task \"t1 (step 's1', swap '?sw', choice 'one')\": plugin ID"
                + " requires at least one \".\": plug");
  }

  @Test
  void anUnknownTaskIsLeftToTheOrdinaryChecks() {
    Configurations.withGraph("{s: {'?sw': {'?outputs': ['o'], one: {nope: [1]}}}}")
        .hasIssues("semantic.error: In step \"s\": unrecognized task plugin: nope");
  }

  @Test
  void aFailureToCompileIsTheSummary() {
    assertThat(
            Configurations.withGraph("{s: {'?sw': {'?outputs': [], a: {none: []}, b: {none: []}}}}")
                .check())
        .isInstanceOfSatisfying(
            Checked.Invalid.class,
            invalid ->
                assertThat(invalid.summary())
                    .isEqualTo("Swap 'sw' requires exactly one selected choice."));
  }

  @Test
  void referencesUseTheNamesOfTheInterface() {
    assertThat(
            Configurations.withGraph(
                    """
                    {b: {one: ['$a.res']}, a: {'?sw': {'?outputs': ['res'], c: {one: 1}}}}
                    """)
                .graph()
                .steps())
        .containsExactly("a", "b");
  }

  private static Value.Members compile(String graph) throws GraphException {
    return compile(graph, TASKS);
  }

  private static Value.Members compile(String graph, String tasks) throws GraphException {
    return Swaps.compile(configuration(graph, tasks)).configuration();
  }

  private static Value.Members configuration(String graph, String tasks) {
    return Json.members("{tasks: %s, graph: %s}".formatted(tasks, graph));
  }
}
