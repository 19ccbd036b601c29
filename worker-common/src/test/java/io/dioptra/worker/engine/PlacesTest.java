package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each stage says that its issues are. */
class PlacesTest {
  @Test
  void aPlaceIsThePathFromTheRoot() {
    Place place = Place.ROOT.member("graph").member("s").item(2);
    assertThat(place.path()).containsExactly("graph", "s", 2);
    assertThat(place).isEqualTo(Place.of("graph", "s", 2)).hasToString("/graph/s/2");
    assertThat(place).isNotEqualTo(Place.of("graph", "s", "2"));
    assertThat(Place.ROOT.path()).isEmpty();
  }

  /** The section, what it is, and the place of its only issue. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          graph | {s: {}}                                          | /graph/s
          graph | {s: {task: 'one', kwargs: 5}}                    | /graph/s/kwargs
          graph | {s: {one: 1, dependencies: ['s', 5]}}            | /graph/s/dependencies/1
          types | {T: {tuple: ['any', 5]}}                         | /types/T/tuple/1
          other | 5                                                | /other
          artifact_outputs | {o: {contents: '', task: {name: 'no'}}} | /artifact_outputs/o/task/name
          types | {' ': null}                                      | `/types/ `
          graph | {'s.t': {one: 1}}                                | /graph/s.t
          graph | {s: {one: 1, two: 1}}                            | /graph/s
          parameters | {s: 1}                                      | /graph/s
          graph | {s: {nope: 1}}                                   | /graph/s/nope
          graph | {s: {args: 1, task: 'nope'}}                     | /graph/s/task
          graph | {s: {one: [1, 2, 3]}}                            | /graph/s/one/1
          graph | {s: {task: 'none', args: 1}}                     | /graph/s/args
          graph | {s: {one: {v: 1, w: 2}}}                         | /graph/s/one/w
          graph | {s: {task: 'one', kwargs: {v: 1, w: 2}}}         | /graph/s/kwargs/w
          graph | {s: {task: 'one', args: [1], kwargs: {v: 2}}}    | /graph/s/kwargs/v
          graph | {s: {two: {y: 'a'}}}                             | /graph/s/two
          graph | {s: {one: '$x'}}                                 | /graph/s/one
          graph | {s: {one: [[1, {k: '$x'}]]}}                     | /graph/s/one/0/1/k
          graph | {s: {task: 'one', kwargs: {v: ['$x']}}}          | /graph/s/kwargs/v/0
          graph | {s: {task: 'one', args: '$x'}}                   | /graph/s/args
          graph | {s: {one: 1, dependencies: 'x'}}                 | /graph/s/dependencies
          graph | {r: {one: 1}, s: {one: 1, dependencies: ['r', 'x', 'y']}} | /graph/s/dependencies/1
          artifact_outputs | {o: {contents: '$x', task: {name: 'X'}}} | /artifact_outputs/o/contents
          graph | {r: {one: 1}, a: {one: '$b'}, b: {one: '$a'}}    | /graph/a
          parameters | {p: {type: 'nope'}}                         | /parameters/p/type
          artifact_inputs | {ai: {a: 'nope'}}                      | /artifact_inputs/ai/a
          artifact_inputs | {ai: [{a: 'any'}, {b: 'nope'}]}        | /artifact_inputs/ai/1/b
          types | {x: {list: 'x'}}                                 | /types/x
          types | {any: null}                                      | /types/any
          types | {i: {list: 'any'}, s: {is_a: 'i'}}               | /types/s/is_a
          types | {u: {list: {mapping: ['number', 'any']}}}        | /types/u/list/mapping/0
          types | {u: {list: {union: []}}}                         | /types/u/list/union
          parameters | {p: {type: 'string', default: 4}}           | /parameters/p/default
          graph | {s: {two: 'x'}}                                  | /graph/s/two
          graph | {s: {two: [1, 2]}}                               | /graph/s/two/1
          graph | {s: {two: {y: 2, x: 1}}}                         | /graph/s/two/y
          graph | {s: {task: 'two', args: 1, kwargs: {y: 2}}}      | /graph/s/kwargs/y
          graph | {s: {one: {v: {task: 'foo', w: ['$x']}}}}        | /graph/s/one/v/w/0
          types | {u: {union: ['any', 'null', 'any', 'null']}}     | /types/u/union/2
          """)
  void anIssueTellsItsPlace(String section, String json, String place) {
    assertPlaces(Configurations.valid().with(section, json), place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {plugin: 'ab.', inputs: [{v: 'any'}]}                                     | /tasks/one/plugin
          {plugin: 'a.b', inputs: [{v: 'any'}, {v: 'any'}]}                         | /tasks/one/inputs/1
          {plugin: 'a.b', inputs: [{v: 'any'}], outputs: [{a: 'any'}, {a: 'any'}]}  | /tasks/one/outputs/1/a
          {plugin: 'a.b', inputs: [{v: 'nope'}]}                                    | /tasks/one/inputs/0/v
          {plugin: 'a.b', inputs: [{name: 'v', type: 'nope'}]}                      | /tasks/one/inputs/0/type
          {plugin: 'a.b', inputs: [{v: 'any'}], outputs: {o: 'nope'}}               | /tasks/one/outputs/o
          {plugin: 'a.b', inputs: [{v: 'any'}], outputs: [{o: 'nope'}]}             | /tasks/one/outputs/0/o
          """)
  void anIssueOfATaskTellsItsPlace(String task, String place) {
    assertPlaces(Configurations.valid().with("tasks", "{one: %s}".formatted(task)), place);
  }

  @Test
  void anUndefinedTypeIsToldTwiceAtOnePlace() {
    String place = "/types/z/mapping/a/list";
    assertPlaces(
        Configurations.valid().with("types", "{z: {mapping: {a: {list: 'no'}}}}"), place, place);
    assertPlaces(
        Configurations.valid().with("types", "{z: {mapping: ['any', 'no']}}"),
        "/types/z/mapping/1",
        "/types/z/mapping/1");
  }

  /** What a step is, which holds a swap, and the place of its only issue. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'?sw': {'?outputs': ['o'], c: {one: '$x'}}}                                | /graph/s/?sw/c/one
          {'?sw': {'?outputs': ['o'], c: {one: [1, 2]}}}                              | /graph/s/?sw/c/one/1
          {'?sw': {'?outputs': ['o'], c: {task: 'one', kwargs: {v: '$x'}}}}           | /graph/s/?sw/c/kwargs/v
          {'?sw': {'?outputs': ['o'], c: {task: 'one'}}}                              | /graph/s/?sw/c/task
          {'?sw': {'?outputs': ['o'], c: {nope: 1}}}                                  | /graph/s/?sw/c/nope
          {'?sw': {'?outputs': ['o'], c: {task: 'nope'}}}                             | /graph/s/?sw/c/task
          {'?sw': {'?outputs': ['o'], c: {one: 1}}, dependencies: ['x']}              | /graph/s/dependencies/0
          {'?sw': {'?outputs': ['o'], c: {one: '$s'}}}                                | /graph/s
          {'?sw': {'?outputs': ['o', 'p'], c: {two: ['x']}}}                          | /graph/s/?sw/c/two/0
          {'?sw': {'?outputs': ['o'], c: {one: 1}, d: {one: 1}}}                      | /graph/s/?sw
          {'?sw': {'?outputs': [], c: {one: 1}}}                                      | /graph/s/?sw/c/one
          {'?a': {'?outputs': [], c: {one: 1}}, '?b': {'?outputs': [], c: {one: 1}}}  | /graph/s/?b
          {'?sw': {'?outputs': ['o'], c: {one: 1, two: 1}}}                           | /graph/s/?sw/c
          """)
  void anIssueInsideASwapTellsItsPlaceInTheSource(String step, String place) {
    assertPlaces(Configurations.withGraph("{s: %s}".formatted(step)), place);
  }

  @Test
  void aSwapThatIsUsedTwiceIsToldAtItsSecondUse() {
    String swap = "{'?sw': {'?outputs': ['o'], c: {one: 1}}}";
    assertPlaces(Configurations.withGraph("{s: %s, t: %s}".formatted(swap, swap)), "/graph/t/?sw");
  }

  @Test
  void aTaskMadeUpForASwapIsDeclaredWhereItsOriginalIs() {
    Configurations swap =
        Configurations.withGraph("{s: {'?sw': {'?outputs': ['o', 'p'], c: {t: 1}}}}");
    assertPlaces(
        swap.with(
            "tasks",
            "{t: {plugin: 'abc', inputs: [{v: 'any'}], outputs: [{a: 'any'}, {b: 'any'}]}}"),
        "/tasks/t/plugin",
        "/tasks/t/plugin");
    assertPlaces(
        swap.with(
            "tasks", "{t: {plugin: 'a.b', inputs: [{v: 'no'}], outputs: [{a: 'any'}, {b: 'no'}]}}"),
        "/tasks/t/inputs/0/v",
        "/tasks/t/outputs/1/b",
        "/tasks/t/inputs/0/v",
        "/tasks/t/outputs/1/b");
  }

  private static void assertPlaces(Configurations configuration, String... places) {
    List<Issue> found = configuration.withArtifactTask("X", "null").found();
    assertThat(found).extracting(issue -> issue.place().toString()).containsExactly(places);
  }
}
