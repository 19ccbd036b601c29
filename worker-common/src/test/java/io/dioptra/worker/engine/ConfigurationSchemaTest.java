package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationSchemaTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{s: null}",
        "{s: []}",
        "{s: {}}",
        "{}",
        "null",
        "{s: {dependencies: ['s']}}",
        "{s: {one: [1], none: [], dependencies: []}}",
        "{s: {one: [1], none: {}}}",
        "{s: {one: 1, dependencies: [1]}}",
        "{s: {one: 1, dependencies: null}}",
        "{s: {task: null}}",
        "{s: {task: ''}}",
        "{s: {task: ['a']}}",
        "{s: {task: 'one', args: {a: 1}}}",
        "{s: {task: 'one', kwargs: null}}",
        "{s: {task: 'one', kwargs: []}}",
        "{s: {task: 'one', other: 1}}",
        "{s: {'?sw': {'?outputs': ['o'], a: {one: 1}}, one: 1}}",
        "{s: {'?sw': {a: {one: 1}}}}",
        "{s: {'?sw': {'?outputs': ['o']}}}",
        "{s: {'?sw': {'?outputs': ['o', 'o'], a: {one: 1}}}}",
        "{s: {'?sw': {'?outputs': [''], a: {one: 1}}}}",
        "{s: {'?sw': {'?outputs': ['o'], '?a': {one: 1}}}}",
        "{s: {'?sw': {'?outputs': ['o'], a: {}}}}",
        "{s: {'?sw': {'?outputs': ['o'], a: {one: 1, dependencies: 's'}}}}",
        "{s: {'?sw': {'?outputs': ['o'], a: {one: 1, two: 1}}}}",
        "{s: {'?sw': 1}}"
      })
  void graphsOfTheWrongShapeAreRefused(String graph) {
    Configurations.withGraph(graph).breaksTheSchema();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{s: {one: null}}",
        "{s: {one: 1, dependencies: []}}",
        "{s: {dependencies: 'r', one: {v: 1}}, r: {none: []}}",
        "{s: {task: 'one', args: null}}",
        "{s: {one: NaN}}",
        "{s: {task: 'one', args: -Infinity}}",
        "{s: {task: 'one', args: 1, kwargs: {}, dependencies: []}}",
        "{s: {'?': {'?outputs': ['o'], '': {one: 1}}, dependencies: []}}"
      })
  void graphsOfTheRightShapePass(String graph) {
    Configurations.withGraph(graph).isValid();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{t: null}",
        "{t: {}}",
        "{t: {plugin: 'ab'}}",
        "{t: {plugin: 5}}",
        "{t: {plugin: 'a.b', other: 1}}",
        "{t: {plugin: 'a.b', inputs: {v: 'any'}}}",
        "{t: {plugin: 'a.b', inputs: [{name: 'any'}]}}",
        "{t: {plugin: 'a.b', inputs: [{a: 'any', b: 'any'}]}}",
        "{t: {plugin: 'a.b', inputs: [{name: 'a', type: 'any', required: null}]}}",
        "{t: {plugin: 'a.b', inputs: [{name: 'a', type: 'any', x: 1}]}}",
        "{t: {plugin: 'a.b', inputs: [{type: 'a', required: true}]}}",
        "{t: {plugin: 'a.b', inputs: [{}]}}",
        "{t: {plugin: 'a.b', outputs: {}}}",
        "{t: {plugin: 'a.b', outputs: {a: 'any', b: 'any'}}}",
        "{t: {plugin: 'a.b', outputs: [{}]}}",
        "{t: {plugin: 'a.b', outputs: 'any'}}"
      })
  void tasksOfTheWrongShapeAreRefused(String tasks) {
    Configurations.valid().with("tasks", tasks).breaksTheSchema();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{a: 'string'}",
        "{a: 5}",
        "{a: {is_a: null}}",
        "{a: {is_a: 'x', list: 'y'}}",
        "{a: {list: null}}",
        "{a: {list: {is_a: 'x'}}}",
        "{a: {list: {}}}",
        "{a: {list: ['x']}}",
        "{a: {tuple: 'x'}}",
        "{a: {tuple: [null]}}",
        "{a: {mapping: ['x']}}",
        "{a: {mapping: ['x', 'y', 'z']}}",
        "{a: {mapping: {p: null}}}",
        "{a: {union: 'x'}}",
        "{a: {list: 'x', tuple: ['y']}}",
        "{a: {other: 'x'}}",
        "{a: {list: {list: 'x', tuple: []}}}"
      })
  void typesOfTheWrongShapeAreRefused(String types) {
    Configurations.valid().with("types", types).breaksTheSchema();
  }

  @Test
  void typesOfAllShapesPass() {
    Configurations.valid()
        .with(
            "types",
            """
            {a: null, b: {}, c: {is_a: 'string'}, d: {is_a: ''}, e: {list: {list: 'a'}},
             f: {tuple: []}, g: {tuple: ['a', {union: ['b']}]}, h: {mapping: ['string', 'a']},
             i: {mapping: {p: {list: 'a'}, list: 'b'}}, j: {union: []}, k: {union: ['a', 'b']}}
            """)
        .isValid();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{p: {}}",
        "{p: {type: null}}",
        "{p: {type: null, default: 1}}",
        "{p: {default: 1, x: 1}}",
        "{p: {type: {list: 'integer'}}}"
      })
  void parametersOfTheWrongShapeAreRefused(String parameters) {
    Configurations.valid().with("parameters", parameters).breaksTheSchema();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{o: {contents: '$s'}}",
        "{o: {task: {name: 'X'}}}",
        "{o: {contents: 1, task: {name: 'X'}}}",
        "{o: {contents: '', task: 'X'}}",
        "{o: {contents: '', task: {name: 'X', args: null}}}",
        "{o: {contents: '', task: {name: 'X', other: 1}}}",
        "{o: {contents: '', task: {name: 'X'}, type: 'any'}}"
      })
  void artifactOutputsOfTheWrongShapeAreRefused(String outputs) {
    Configurations.valid()
        .withArtifactTask("X", "null")
        .with("artifact_outputs", outputs)
        .breaksTheSchema();
  }

  @Test
  void anIssueNamesItsPlace() {
    assertThat(Configurations.valid().without("tasks").issues())
        .singleElement()
        .asString()
        .startsWith("schema.error: In root level of experiment description: ");
    place("types", "5", "types section");
    place("types", "{T: 5}", "definition of type \"T\"");
    place("types", "{T: {list: 5}}", "definition of type \"T\" at location /list");
    place("parameters", "5", "global parameters section");
    place("parameters", "{p: {}}", "parameter \"p\"");
    place("tasks", "{}", "tasks section");
    place("tasks", "{t: {}}", "task plugin \"t\"");
    place("tasks", "{t: {plugin: ''}}", "task plugin \"t\" plugin ID");
    place("tasks", "{t: {plugin: 'a.b', inputs: 5}}", "task plugin \"t\" inputs");
    place("tasks", "{t: {plugin: 'a.b', outputs: [5]}}", "task plugin \"t\" outputs");
    place("graph", "{}", "graph section");
    place("graph", "{s: {}}", "step \"s\"");
    place("graph", "{s: {one: 1, dependencies: 5}}", "step \"s\" dependencies");
    place("artifact_inputs", "5", "experiment description location /artifact_inputs");
    place("other", "5", "root level of experiment description");
  }

  @Test
  void aSchemaIssueEndsWithASummaryAsDioptraWordsIt() {
    Checked checked = Configurations.withGraph("{s: {}}").check();
    assertThat(checked).isInstanceOf(Checked.Invalid.class);
    assertThat(((Checked.Invalid) checked).summary())
        .startsWith("Invalid job configuration: schema.error: In step \"s\": ");
  }

  private static void place(String section, String json, String place) {
    assertThat(Configurations.valid().with(section, json).issues())
        .isNotEmpty()
        .allMatch(issue -> issue.startsWith("schema.error: In " + place + ": "), place);
  }
}
