package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SemanticChecksTest {
  @Test
  void blankNamesAreRefused() {
    Configurations.withGraph("{' ': {one: 1}, '': {one: 1}}")
        .with("parameters", "{'': 1}")
        .hasIssues(
            "semantic.error: Global parameter names names must be non-empty/whitespace: ''",
            "semantic.error: Graph step names names must be non-empty/whitespace: ' '",
            "semantic.error: Graph step names names must be non-empty/whitespace: ''",
            "semantic.error: Some parameters and steps have the same name: ");
  }

  @Test
  void namesWithDotsAreRefused() {
    Configurations.withGraph("{'s.t': {one: 1}}")
        .with("parameters", "{'p.q': 1}")
        .hasIssues(
            "semantic.error: Parameter name \"p.q\" contains a dot.  References to this parameter"
                + " will ambiguously look like step.output references.",
            "semantic.error: Step name \"s.t\" contains a dot.  References to this step will"
                + " ambiguously look like step.output references.");
  }

  @Test
  void namesOfInputsAndOutputsAreDistinctAndTheirTypesDefined() {
    Configurations.withGraph("{s: {t: [1]}}")
        .with(
            "tasks",
            """
            {t: {plugin: 'a.b', inputs: [{x: 'z'}, {name: 'x', type: 'any'}],
                 outputs: [{a: 'any'}, {a: 'w'}]}}
            """)
        .hasIssues(
            "semantic.error: In task \"t\": some input names are repeated: x",
            "semantic.error: In task \"t\": some output names are repeated: a",
            "semantic.error: In task \"t\": input \"x\" has undefined type: z",
            "semantic.error: In task \"t\": output \"a\" has undefined type: w");
  }

  @Test
  void aPluginIsADottedName() {
    Configurations.withGraph("{s: {t: []}}")
        .with("tasks", "{t: {plugin: 'abc'}, u: {plugin: 'a..c'}}")
        .hasIssues(
            "semantic.error: In task \"t\": plugin ID requires at least one \".\": abc",
            "semantic.error: In task \"u\": all plugin module components must be of non-zero"
                + " length: a..c");
  }

  @Test
  void aStepNamesOneTask() {
    Configurations.withGraph("{s: {one: 1, two: 2}}")
        .hasIssues(
            "semantic.error: In step \"s\": illegal task invocation: A positional/keyword short"
                + " form step definition must be an object which includes a property whose name is"
                + " the task plugin short name.");
  }

  @Test
  void aParameterAndAStepHaveDifferentNamesAndReferencesAreNotCheckedUntilThen() {
    Configurations.withGraph("{p: {one: '$zz'}}")
        .with("parameters", "{p: 1}")
        .hasIssues("semantic.error: Some parameters and steps have the same name: p");
  }

  @Test
  void aTaskIsKnown() {
    Configurations.withGraph("{s: {nope: '$zz'}}")
        .hasIssues("semantic.error: In step \"s\": unrecognized task plugin: nope");
  }

  @Test
  void argumentsGoToInputs() {
    String illegal = "semantic.error: In step \"s\": illegal task invocation: ";
    Configurations.withGraph("{s: {two: [1, 'a', 3]}}")
        .hasIssues(illegal + "there are more positional args given than task parameters: 3 > 2");
    Configurations.withGraph("{s: {task: 'two', args: [1], kwargs: {z: 1, x: 2}}}")
        .hasIssues(
            illegal + "keyword arg does not correspond to a task parameter: z",
            illegal
                + "task parameter \"x\" is assigned a value both as a keyword arg and positional"
                + " arg #1");
    Configurations.withGraph("{s: {two: {y: 'a'}}}")
        .hasIssues(illegal + "required task parameter is not assigned a value: x");
  }

  @Test
  void referencesStandForSomething() {
    Configurations.withGraph(
            """
            {n: {none: []}, t: {two: [1]},
             s: {one: [['$zz.o', '$n', '$t', '$t.c', '$p.c', '$ai', '$ai.z', '$p.']]}}
            """)
        .with("parameters", "{p: 1}")
        .with("artifact_inputs", "{ai: [{a: 'any'}, {b: 'any'}]}")
        .hasIssues(
            "semantic.error: In step \"s\": unresolvable reference: zz",
            "semantic.error: In step \"s\": reference \"n\": referenced step produces no output",
            "semantic.error: In step \"s\": reference \"t\": an output name must be given if the"
                + " task plugin produces more than one output.",
            "semantic.error: In step \"s\": reference \"t.c\": unrecognized output: c",
            "semantic.error: In step \"s\": reference \"p.c\": references to parameters may not"
                + " include an output name: c",
            "semantic.error: In step \"s\": reference \"ai\": an output name must be given if the"
                + " artifact task produces more than one output.",
            "semantic.error: In step \"s\": reference \"ai\" unrecognized artifact output: z");
  }

  @Test
  void goodReferencesPass() {
    Configurations.withGraph("{s: {one: [['$p', '$ai', '$ai.a', '$r', '$r.o']]}, r: {one: 1}}")
        .with("parameters", "{p: 1}")
        .with("artifact_inputs", "{ai: {a: 'any'}}")
        .isValid();
  }

  @Test
  void dependenciesAreSteps() {
    Configurations.withGraph("{s: {one: 1, dependencies: ['s', 'zz', 'yy', 'zz']}}")
        .hasIssues("semantic.error: In step \"s\": unrecognized dependency step(s): zz, yy");
  }

  @Test
  void theContentsOfAnArtifactAreATextOrAReference() {
    Configurations.valid()
        .withArtifactTask("X", "null")
        .with(
            "artifact_outputs",
            """
            {o: {contents: '$s.z', task: {name: 'X'}}, l: {contents: '$$s', task: {name: 'X'}}}
            """)
        .hasIssues(
            "semantic.error: In artifact output \"o\": reference \"s.z\": unrecognized output: z");
  }

  @Test
  void aCycleIsToldFromDependencyToDependent() {
    Configurations.withGraph("{a: {one: '$b'}, b: {one: '$c'}, c: {one: 1, dependencies: 'a'}}")
        .hasIssues("semantic.error: Step cycle detected: a > c > b > a");
  }

  @Test
  void theSummaryListsErrorsAsPythonDoes() {
    assertThat(Configurations.withGraph("{s: {nope: 1}, t: {\"it's\": 1}}").check())
        .isInstanceOfSatisfying(
            Checked.Invalid.class,
            invalid ->
                assertThat(invalid.summary())
                    .isEqualTo(
                        "Errors found in Job YAML: ['In step \"s\": unrecognized task plugin:"
                            + " nope', 'In step \"t\": unrecognized task plugin: it\\'s']"));
  }
}
