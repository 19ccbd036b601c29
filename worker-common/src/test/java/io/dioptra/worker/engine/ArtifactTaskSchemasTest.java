package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTaskSchemasTest {
  private static final String TEXT = "{o: {contents: '$s', task: {name: 'TextTask'%s}}}";

  @Test
  void anArtifactNeedsATaskThatIsRegistered() {
    Configurations.valid()
        .withArtifactTask("TextTask", "null")
        .with("artifact_outputs", TEXT.formatted(""))
        .isValid();
    Configurations.valid()
        .with("artifact_outputs", TEXT.formatted(""))
        .hasIssues(
            "schema.error: In experiment description location /artifact_outputs/o/task/name: there"
                + " is no artifact task \"TextTask\". The artifact plugins of this entrypoint"
                + " register none.");
  }

  @Test
  void argumentsThatTheTaskDescribesMustFitAndOthersAreFree() {
    Configurations configuration =
        Configurations.valid().withArtifactTask("TextTask", "{indent: {type: 'integer'}}");
    configuration
        .with("artifact_outputs", TEXT.formatted(", args: {indent: 2, other: 'x'}"))
        .isValid();
    configuration.with("artifact_outputs", TEXT.formatted("")).isValid();
    assertThat(
            configuration
                .with("artifact_outputs", TEXT.formatted(", args: {indent: 'two'}"))
                .issues())
        .singleElement()
        .asString()
        .startsWith(
            "schema.error: In experiment description location"
                + " /artifact_outputs/o/task/args/indent: ");
  }

  @Test
  void infiniteArgumentsAreNumbersBeyondAllOthers() {
    Configurations configuration =
        Configurations.valid()
            .withArtifactTask("TextTask", "{low: {minimum: 0}, whole: {type: 'integer'}}");
    configuration
        .with("artifact_outputs", TEXT.formatted(", args: {low: Infinity, other: NaN}"))
        .isValid();
    for (String wrong : List.of("{low: -Infinity}", "{whole: Infinity}", "{whole: NaN}")) {
      configuration.with("artifact_outputs", TEXT.formatted(", args: " + wrong)).breaksTheSchema();
    }
  }

  @Test
  void allIssuesWithTheSchemaAreToldAtOnceAndBeforeThoseWithSwaps() {
    Configurations configuration =
        Configurations.withGraph("{s: {'?a': {'?outputs': [], one: {none: []}, two: {none: []}}}}")
            .with("artifact_outputs", TEXT.formatted(""));
    assertThat(configuration.issues())
        .singleElement()
        .asString()
        .contains("there is no artifact task \"TextTask\"");
    configuration.with("parameters", "{p: {}}");
    assertThat(configuration.issues())
        .hasSize(2)
        .anyMatch(issue -> issue.startsWith("schema.error: In parameter \"p\": "));
    configuration.breaksTheSchema();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{indent: {'$ref': 'http://127.0.0.1:1/x'}}",
        "{indent: {'$ref': '#/properties/indent'}}",
        "{indent: {'$ref': '#/nowhere'}}",
        "{indent: {pattern: '('}}"
      })
  void aDescriptionThatIsNoUsableSchemaIsAnIssueAndNotACrash(String properties) {
    assertThat(
            Configurations.valid()
                .withArtifactTask("TextTask", properties)
                .with("artifact_outputs", TEXT.formatted(", args: {indent: 'two'}"))
                .issues())
        .singleElement()
        .asString()
        .startsWith("schema.error: In artifact task \"TextTask\": validation() returned no usable");
  }

  @Test
  void theSchemaAsATextHoldsTheClassesAndTheirConditions() {
    String text =
        new GraphCheck().schemaText(Json.map("{A: null, B: {indent: {type: 'integer'}}}"));
    Fields definitions = new Fields(new Fields(Json.map(text)).members("$defs"));
    Fields task = new Fields(definitions.members("artifact_task"));
    assertThat(new Fields(new Fields(task.members("properties")).members("name")).items("enum"))
        .isEqualTo(Fields.itemsOf(Json.value("['A', 'B']")));
    assertThat(task.items("allOf"))
        .containsExactly(
            Json.value(
                """
                {if: {properties: {name: {const: 'B'}}},
                 then: {properties: {args: {properties: {indent: {type: 'integer'}}}}}}
                """));
  }
}
