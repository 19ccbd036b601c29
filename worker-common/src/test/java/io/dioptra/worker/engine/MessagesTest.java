package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.Value;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every message of Dioptra's validation, in the order of its stages. The texts are those of its own
 * engine for the same configurations: {@link Configurations#valid()} with the sections given.
 */
class MessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000,
      textBlock =
          """
          {other: 1}                                        | root level of experiment description
          {types: 1}                                        | types section
          {types: {T: 1}}                                   | definition of type "T"
          {types: {T: {is_a: 1}}}                           | definition of type "T" at location /is_a
          {parameters: 1}                                   | global parameters section
          {parameters: {p: {}}}                             | parameter "p"
          {tasks: 1}                                        | tasks section
          {tasks: {t: 1}}                                   | task plugin "t"
          {tasks: {t: {plugin: 'a.b', outputs: 1}}}         | task plugin "t" outputs
          {tasks: {t: {plugin: 'a.b', inputs: 1}}}          | task plugin "t" inputs
          {tasks: {t: {plugin: 1}}}                         | task plugin "t" plugin ID
          {graph: 1}                                        | graph section
          {graph: {s: 1}}                                   | step "s"
          {graph: {s: {task: 'one', dependencies: 1}}}      | step "s" dependencies
          {artifact_outputs: {o: 1}}                        | experiment description location /artifact_outputs/o
          {artifact_inputs: {i: 1}}                         | experiment description location /artifact_inputs/i
          """)
  void stage1(String sections, String where) {
    assertThat(configuration(sections).issues())
        .isNotEmpty()
        .allMatch(issue -> issue.startsWith("schema.error: In " + where + ": "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000,
      textBlock =
          """
          {types: {' ': null}}          | Type names names must be non-empty/whitespace: ' '
          {parameters: {'': 1}}         | Global parameter names names must be non-empty/whitespace: ''
          {tasks: {' ': {plugin: 'a.b'}, one: {plugin: 'a.b', inputs: [{v: 'any'}]}}} | Task short names names must be non-empty/whitespace: ' '
          {graph: {' ': {one: 1}}}      | Graph step names names must be non-empty/whitespace: ' '
          {graph: {"\\t\\u3000": {one: 1}}}   | Graph step names names must be non-empty/whitespace: '\\t\\u3000'
          {parameters: {'a.b': 1}}      | Parameter name "a.b" contains a dot.  References to this parameter will ambiguously look like step.output references.
          {graph: {'a.b': {one: 1}}}    | Step name "a.b" contains a dot.  References to this step will ambiguously look like step.output references.
          """)
  void stages2And3(String sections, String message) {
    hasOne(sections, "semantic.error: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {plugin: 'a.b', inputs: [{x: 'any'}, {x: 'any'}]}     | some input names are repeated: x
          {plugin: 'a.b', outputs: [{a: 'any'}, {a: 'any'}]}    | some output names are repeated: a
          {plugin: 'a.b', inputs: [{x: 'z'}]}                   | input "x" has undefined type: z
          {plugin: 'a.b', inputs: [{name: 'x', type: 'z'}]}     | input "x" has undefined type: z
          {plugin: 'a.b', outputs: {x: 'z'}}                    | output "x" has undefined type: z
          {plugin: 'abc'}                                       | plugin ID requires at least one ".": abc
          {plugin: 'a..c'}                                      | all plugin module components must be of non-zero length: a..c
          {plugin: '.ab'}                                       | all plugin module components must be of non-zero length: .ab
          """)
  void stages4And5(String task, String message) {
    hasOne(
        "{tasks: {one: {plugin: 'p.m', inputs: [{v: 'any'}]}, t: %s}}".formatted(task),
        "semantic.error: In task \"t\": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000,
      textBlock =
          """
          {graph: {s: {one: 1, two: 1}}}        | In step "s": illegal task invocation: A positional/keyword short form step definition must be an object which includes a property whose name is the task plugin short name.
          {graph: {p: {one: 1}}, parameters: {p: 1}} | Some parameters and steps have the same name: p
          {graph: {s: {nope: 1}}}               | In step "s": unrecognized task plugin: nope
          {graph: {s: {task: 'nope'}}}          | In step "s": unrecognized task plugin: nope
          {graph: {s: {two: [1, 'a', 3]}}}      | In step "s": illegal task invocation: there are more positional args given than task parameters: 3 > 2
          {graph: {s: {one: {v: 1, z: 2}}}}     | In step "s": illegal task invocation: keyword arg does not correspond to a task parameter: z
          {graph: {s: {task: 'one', args: 1, kwargs: {v: 2}}}} | In step "s": illegal task invocation: task parameter "v" is assigned a value both as a keyword arg and positional arg #1
          {graph: {s: {two: {y: 'a'}}}}         | In step "s": illegal task invocation: required task parameter is not assigned a value: x
          {graph: {s: {one: []}}}               | In step "s": illegal task invocation: required task parameter is not assigned a value: v
          """)
  void stages6To9(String sections, String message) {
    hasOne(sections, "semantic.error: " + message);
  }

  /** As an argument of a step, and as the contents of an artifact. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $zz     | unresolvable reference: zz
          $zz.o   | unresolvable reference: zz
          $n      | reference "n": referenced step produces no output
          $n.o    | reference "n.o": unrecognized output: o
          $t      | reference "t": an output name must be given if the task plugin produces more than one output.
          $t.c    | reference "t.c": unrecognized output: c
          $t.     | reference "t.": unrecognized output:
          $p.c    | reference "p.c": references to parameters may not include an output name: c
          $ai     | reference "ai": an output name must be given if the artifact task produces more than one output.
          $ai.z   | reference "ai" unrecognized artifact output: z
          """)
  void stages10And12(String reference, String problem) {
    String message = problem.endsWith(":") ? problem + " " : problem;
    String sections =
        """
        {graph: {n: {none: []}, t: {two: 1}, s: {one: '%s'}}, parameters: {p: 1},
         artifact_inputs: {ai: [{a: 'any'}, {b: 'any'}]},
         artifact_outputs: {o: {contents: '%s', task: {name: 'X'}}}}
        """;
    hasOne(sections.formatted(reference, "text"), "semantic.error: In step \"s\": " + message);
    hasOne(
        sections.formatted("text", reference),
        "semantic.error: In artifact output \"o\": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {s: {one: 1, dependencies: 'zz'}}         | In step "s": unrecognized dependency step(s): zz
          {s: {one: 1, dependencies: ['s', 'zz']}}  | In step "s": unrecognized dependency step(s): zz
          {a: {one: '$b'}, b: {one: '$c'}, c: {one: '$a'}}      | Step cycle detected: a > c > b > a
          {a: {one: 1, dependencies: 'a'}}          | Step cycle detected: a > a
          {x: {one: '$a'}, a: {one: ['$b.o']}, b: {one: 1, dependencies: ['a']}} | Step cycle detected: a > b > a
          """)
  void stages11And13(String graph, String message) {
    hasOne("{graph: %s}".formatted(graph), "semantic.error: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {parameters: {p: {type: 'nope'}}}       | In global parameter "p": undefined type: nope
          {artifact_inputs: {ai: {a: 'zz'}}}      | For artifact "ai": output "a" has undefined type: zz
          {types: {z: {list: 'y'}, y: {list: 'z'}}} | Type reference cycle detected: z > y > z
          {types: {z: {is_a: 'z'}}}               | Type reference cycle detected: z > z
          """)
  void stages14And15(String sections, String message) {
    hasOne(sections, "semantic.error: " + message);
  }

  @ParameterizedTest
  @CsvSource({"{is_a: 'nope'}", "{list: 'nope'}", "{tuple: ['nope']}", "{union: ['nope']}"})
  void stage15TellsAnUndefinedTypeTwice(String definition) {
    configuration("{types: {z: %s}}".formatted(definition))
        .hasIssues(
            "semantic.error: In definition of type \"z\": reference to undefined type: nope",
            "semantic.error: In definition of type \"z\": Type not found: nope");
  }

  /** A default, the type that is declared, and both as the message shows them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000,
      textBlock =
          """
          4                          | string  | 4
          -12345678901234567890123   | string  | -12345678901234567890123
          4.0                        | integer | 4.0
          1e16                       | integer | 1e+16
          1.0e-5                     | integer | 1e-05
          -0.0                       | integer | -0.0
          true                       | integer | True
          null                       | string  | None
          "text"                     | integer | 'text'
          "it's"                     | integer | "it's"
          "say \\"it's\\""           | integer | 'say "it\\'s"'
          "a\\\\b\\n\\t\\u0007"      | integer | 'a\\\\b\\n\\t\\x07'
          "\\u00e9\\u20ac"           | integer | '\u00e9\u20ac'
          "\\u00a0\\u200b\\ufeff"    | integer | '\\xa0\\u200b\\ufeff'
          [1, "a", [null, 2.5]]      | integer | [1, 'a', [None, 2.5]]
          {"k": [1, true], "it's": {}} | integer | {'k': [1, True], "it's": {}}
          []                         | string  | []
          {}                         | string  | {}
          NaN                        | integer | nan
          Infinity                   | integer | inf
          -Infinity                  | integer | -inf
          "\\ud800"                  | integer | '\\ud800'
          """)
  void stage16(String fallback, String type, String shown) {
    hasOne(
        "{parameters: {p: {default: %s, type: '%s'}}}".formatted(fallback, type),
        "type.error: In global parameter \"p\": default value %s is incompatible with its declared type: %s"
            .formatted(shown, type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {img: {list: 'any'}, s: {is_a: 'img'}} | In definition of type "s": Super-types must be simple: img
          {u: {mapping: ['number', 'any']}}      | In definition of type "u": Invalid key type; require string or integer: number
          {u: {mapping: [{list: 'any'}, 'any']}} | In definition of type "u": Invalid key type; require string or integer: <anon>: LIST[any]
          {string: {list: 'any'}}                | Redefinition of builtin types not allowed: string
          """)
  void typesThatCannotBeBuilt(String types, String message) {
    hasOne("{types: %s}".formatted(types), "type.error: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {two: 'a'}                 | in positional parameter #1 | string  | integer
          {two: [1, 5]}              | in positional parameter #2 | integer | string
          {task: 'two', args: 1, kwargs: {y: 5}} | in keyword argument "y" | integer | string
          {two: [4.0]}               | in positional parameter #1 | number  | integer
          {two: [true]}              | in positional parameter #1 | boolean | integer
          {two: [null]}              | in positional parameter #1 | null    | integer
          {two: [[]]}                | in positional parameter #1 | <anon>: TUPLE[] | integer
          {two: [[1, 'a']]}          | in positional parameter #1 | <anon>: TUPLE[integer, string] | integer
          {two: [{k: 1, "it's": 2.5}]} | in positional parameter #1 | <anon>: MAPPING[{'k': integer, "it's": number}] | integer
          {two: ['$r']}              | in positional parameter #1 | any     | integer
          {two: ['$l']}              | in positional parameter #1 | l: LIST[integer] | integer
          {two: ['$m']}              | in positional parameter #1 | m: MAPPING[string, any] | integer
          """)
  void stage17(String step, String where, String found, String expected) {
    hasOne(
        """
        {types: {l: {list: 'integer'}, m: {mapping: ['string', 'any']}},
         parameters: {l: {type: 'l'}, m: {type: 'm'}},
         graph: {r: {one: 1}, s: %s}}
        """
            .formatted(step),
        ("type.error: in step \"s\": %s: Inferred invocation arg type and task plugin input type"
                + " are incompatible. Found %s; expected %s")
            .formatted(where, found, expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {union: ['string', 'any', 'string']}               | string
          {union: [{list: 'any'}, {list: 'any'}]}            | <anon>: LIST[any]
          """)
  void stage18(String definition, String repeated) {
    hasOne(
        "{types: {u: %s}}".formatted(definition),
        "semantic.warning: In definition of type \"u\": duplicate member types encountered: "
            + repeated);
  }

  private static void hasOne(String sections, String issue) {
    configuration(sections).hasIssues(issue);
  }

  private static Configurations configuration(String sections) {
    SequencedMap<String, Value> given = new LinkedHashMap<>(Json.map(sections));
    Configurations configuration = Configurations.valid().withArtifactTask("X", "null");
    given.forEach(configuration::with);
    return configuration;
  }
}
