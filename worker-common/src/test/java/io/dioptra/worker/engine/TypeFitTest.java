package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values may be given for which types, through the checks. */
class TypeFitTest {
  private static final String TYPES =
      """
      {id: {is_a: 'integer'}, other: null, ints: {list: 'integer'}, numbers: {list: 'number'},
       size: {tuple: ['integer', 'integer']}, table: {mapping: ['string', 'number']},
       byid: {mapping: ['integer', 'any']}, point: {mapping: {x: 'number', y: 'number'}},
       either: {union: ['string', 'ints']}, wide: {union: ['string', 'ints', 'null']},
       empty: {union: []}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null              | any
          1                 | integer
          1                 | number
          123456789012345678901234567890 | integer
          null              | null
          "x"               | string
          "$$x"             | string
          [1, 2]            | ints
          []                | ints
          [1, 2.5]          | numbers
          [1, 2]            | size
          {a: 1, b: 2.5}    | table
          {}                | table
          {y: 1, x: 2}      | point
          "x"               | either
          [1]               | either
          "$id"             | integer
          "$id"             | number
          "$ints"           | ints
          "$ints"           | either
          "$either"         | wide
          "$size"           | size
          ["$id", "$id"]    | size
          ["$id", 1]        | ints
          """)
  void fits(String value, String type) {
    assertThat(check(value, type)).as(value + " into " + type).isInstanceOf(Checked.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4.0               | integer
          true              | integer
          NaN               | integer
          1                 | string
          1                 | id
          1                 | other
          [1, "a"]          | ints
          [1, 2, 3]         | size
          {a: 1}            | byid
          {a: "x"}          | table
          {x: 1}            | point
          {x: 1, z: 2}      | point
          {x: 1, y: "a"}    | point
          ["a"]             | either
          "$any"            | string
          "$number"         | integer
          "$ints"           | numbers
          "$size"           | ints
          "$table"          | point
          "$either"         | ints
          "$empty"          | either
          [1]               | string
          "x"               | ints
          """)
  void doesNotFit(String value, String type) {
    assertThat(check(value, type)).as(value + " into " + type).isInstanceOf(Checked.Invalid.class);
  }

  /** Each type has a parameter of the same name with a value of that type. */
  private static Checked check(String value, String type) {
    StringBuilder parameters = new StringBuilder("{");
    Json.map(TYPES)
        .keySet()
        .forEach(name -> parameters.append("%s: {type: '%s'}, ".formatted(name, name)));
    parameters.append("any: {type: 'any'}, number: {type: 'number'}}");
    return Configurations.withGraph("{step: {task: 't', args: [%s]}}".formatted(value))
        .with("types", TYPES)
        .with("parameters", parameters.toString())
        .with("tasks", "{t: {plugin: 'a.b', inputs: [{v: '%s'}]}}".formatted(type))
        .check();
  }
}
