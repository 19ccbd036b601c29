package io.dioptra.worker.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeIssuesTest {
  @Test
  void typesOfParametersAndArtifactsAreDefined() {
    Configurations.valid()
        .with("parameters", "{p: {type: 'nope'}}")
        .with("artifact_inputs", "{ai: [{a: 'zz'}]}")
        .hasIssues(
            "semantic.error: In global parameter \"p\": undefined type: nope",
            "semantic.error: For artifact \"ai\": output \"a\" has undefined type: zz");
  }

  @Test
  void aTypeWithoutANameIsNotNamed() {
    Configurations.valid()
        .with("types", "{'': {is_a: 'nope'}}")
        .hasIssues(
            "semantic.error: Type names names must be non-empty/whitespace: ''",
            "semantic.error: In definition of type \"\": reference to undefined type: nope",
            "semantic.error: Type not found: nope");
  }

  @Test
  void whatADefinitionMentionsIsDefinedAndTheFirstMissingOneIsToldTwice() {
    Configurations.valid()
        .with("types", "{z: {tuple: ['any', 'nope', {list: 'no'}]}}")
        .hasIssues(
            "semantic.error: In definition of type \"z\": reference to undefined type: nope",
            "semantic.error: In definition of type \"z\": reference to undefined type: no",
            "semantic.error: In definition of type \"z\": Type not found: nope");
  }

  @Test
  void definitionsThatGoInACircleAreRefused() {
    Configurations.valid()
        .with("types", "{x: {list: 'z'}, z: {list: 'y'}, y: {union: ['z', 'any']}}")
        .hasIssues("semantic.error: Type reference cycle detected: z > y > z");
  }

  @Test
  void aDefaultHasTheDeclaredType() {
    Configurations.valid()
        .with("parameters", "{p: {type: 'string', default: 4}, q: {type: 'any', default: 4}}")
        .hasIssues(
            "type.error: In global parameter \"p\": default value 4 is incompatible with its"
                + " declared type: string");
  }

  @Test
  void argumentsHaveTheTypesOfInputs() {
    Configurations.withGraph("{s: {two: ['x', 5]}, r: {task: 'two', args: 1, kwargs: {y: 2.5}}}")
        .hasIssues(
            "type.error: in step \"s\": in positional parameter #1: Inferred invocation arg type"
                + " and task plugin input type are incompatible. Found string; expected integer",
            "type.error: in step \"s\": in positional parameter #2: Inferred invocation arg type"
                + " and task plugin input type are incompatible. Found integer; expected string",
            "type.error: in step \"r\": in keyword argument \"y\": Inferred invocation arg type and"
                + " task plugin input type are incompatible. Found number; expected string");
  }

  @Test
  void anOutputOfTypeAnyDoesNotFitATypedInput() {
    Configurations.withGraph("{s: {one: 1}, r: {two: '$s'}}")
        .hasIssues(
            "type.error: in step \"r\": in positional parameter #1: Inferred invocation arg type"
                + " and task plugin input type are incompatible. Found any; expected integer");
  }

  @Test
  void aParameterWithoutTypeHasTheTypeOfItsDefault() {
    Configurations.withGraph("{s: {two: '$p'}}").with("parameters", "{p: 7}").isValid();
    Configurations.withGraph("{s: {two: '$p'}}")
        .with("parameters", "{p: {default: [1, 'a']}}")
        .hasIssues(
            "type.error: in step \"s\": in positional parameter #1: Inferred invocation arg type"
                + " and task plugin input type are incompatible. Found <anon>: TUPLE[integer,"
                + " string]; expected integer");
  }

  @Test
  void aUnionWithEqualMembersIsAWarning() {
    Configurations.valid()
        .with("types", "{u: {union: ['string', {list: 'any'}, 'string', {list: 'any'}]}}")
        .hasIssues(
            "semantic.warning: In definition of type \"u\": duplicate member types encountered:"
                + " string, <anon>: LIST[any]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {img: {list: 'any'}, s: {is_a: 'img'}} | In definition of type "s": Super-types must be simple: img
          {string: null} | Redefinition of builtin types not allowed: string
          {u: {mapping: ['number', 'any']}} | In definition of type "u": Invalid key type; require string or integer: number
          {u: {list: ''}} | In definition of type "u": Type not found:
          """)
  void aTypeThatCannotBeBuiltIsAnIssue(String types, String message) {
    String issue = "type.error: " + message + (message.endsWith(":") ? " " : "");
    Configurations.valid().with("types", types.replace("''", "\"\"")).hasIssues(issue);
  }

  @Test
  void aReferenceThatOnlyTheRunResolvesNeedsAStepOfThatName() {
    Configurations.withGraph("{s: {one: {v: {task: 'foo', v: '$s2'}}}}")
        .hasIssues("type.error: in step \"s\": unresolvable reference: s2");
  }
}
