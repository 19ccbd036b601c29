package io.dioptra.worker.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in entrypoints and in the files that declare them, and where. */
class ValidationTest {
  private static final String TOML =
      """
      [[plugins]]
      path = "plugins/sums"
        [[plugins.tasks.functions]]
        filename = "tasks.py"
        name = "add"
        input_params = [{ name = "a", type = "integer", required = true }]
        output_params = [{ name = "sum", type = "integer" }]
        [[plugins.tasks.functions]]
        filename = "tasks.py"
        name = "say"
        input_params = [{ name = "what", type = "string", required = true }]
        output_params = [{ name = "said", type = "string" }]
        [[plugins.tasks.artifacts]]
        filename = "tasks.py"
        name = "SumArtifactTask"
        output_params = [{ name = "sum", type = "integer" }]
      [[entrypoints]]
      path = "e.yaml"
      name = "e"
      params = [{ name = "p", type = "integer", default_value = "1" }]
      plugins = ["sums"]
      artifact_plugins = ["sums"]
      """;
  private static final String SWAP =
      """
      graph:
        one:
          ?how:
            ?outputs: [x]
            good: {add: [$p]}
            bad: {add: [$q]}
            round: {add: [$two]}
        two: {add: [$one.x]}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writePlugin() throws Exception {
    Path plugin = Files.createDirectories(folder.resolve("plugins/sums"));
    Files.writeString(plugin.resolve("tasks.py"), "");
  }

  @Test
  void anEntrypointThatIsRightHasNoFindings() throws Exception {
    assertThat(found(TOML, "graph:\n  one: {add: [$p]}\n")).isEmpty();
  }

  @Test
  void issuesAreToldWhereTheyStandInTheEntrypointOrInItsDeclaration() throws Exception {
    assertThat(
            found(
                TOML.replace("\"integer\", default_value = \"1\"", "\"string\""),
                """
                graph:
                  one:
                    add: $zz
                  two: {add: [$p]}
                artifacts:
                  kept:
                    contents: $none
                    task: {name: SumArtifactTask}
                """))
        .containsExactly(
            "e.yaml:3:10: semantic.error: In step \"one\": unresolvable reference: zz",
            "e.yaml:7:15: semantic.error: In artifact output \"kept\": unresolvable reference:"
                + " none");
    assertThat(found(TOML.replace("name = \"p\"", "name = \"one\""), "graph:\n  one: {add: [1]}\n"))
        .containsExactly(
            "e.yaml:2:3: semantic.error: Some parameters and steps have the same name: one");
  }

  @Test
  void everyChoiceOfASwapIsCheckedAndOnlyTheOthersOfAMistakeAreRight() throws Exception {
    assertThat(found(TOML, SWAP))
        .satisfiesExactly(
            it ->
                assertThat(it)
                    .startsWith("e.yaml:6:19: semantic.error: In step \"one\"")
                    .endsWith("unresolvable reference: q"),
            it -> assertThat(it).endsWith("Step cycle detected: one > two > one"));
    Subject subject = subject(TOML, SWAP);
    assertThat(Selection.of(subject, Map.of("how", "good"))).containsEntry("how", "good");
    assertThatThrownBy(() -> Selection.of(subject, Map.of()))
        .hasMessage("The swap \"how\" needs a choice: --swap how=good|bad|round");
    assertThatThrownBy(() -> Selection.of(subject, Map.of("how", "odd")))
        .hasMessageStartingWith("The swap \"how\" has no choice \"odd\"");
    assertThatThrownBy(() -> Selection.of(subject, Map.of("how", "good", "who", "me")))
        .hasMessageStartingWith("There is no swap \"who\" in ");
  }

  /** Each choice alone may be without a cycle, and two of two swaps together have one. */
  @Test
  void aCycleThatNeedsTwoChoicesIsFound() throws Exception {
    assertThat(
            found(
                TOML,
                """
                graph:
                  one: {?a: {?outputs: [x], plain: {add: [1]}, odd: {add: [$two.x]}}}
                  two: {?b: {?outputs: [x], plain: {add: [1]}, odd: {add: [$one.x]}}}
                """))
        .singleElement()
        .asString()
        .isEqualTo("e.yaml:2:3: semantic.error: Step cycle detected: one > two > one");
  }

  @Test
  void theChoicesOfASwapHaveOutputsOfTheSameTypes() throws Exception {
    assertThat(
            found(
                TOML,
                "graph:\n  one:\n    ?how: {?outputs: [x], plain: {add: [1]}, odd: {say: [b]}}\n"))
        .containsExactly(
            "e.yaml:3:5: type.error: Swap '?how' contains mismatched output types:"
                + " {('integer',), ('string',)}");
  }

  @Test
  void whatTheImportRefusesIsToldWithItsPlace() throws Exception {
    String toml =
        """
        [[plugin_param_types]]
        name = "integer"
        [[plugins]]
        path = "plugins/sums"
        colour = "red"
          [[plugins.tasks.functions]]
          filename = "elsewhere.py"
          name = "gone"
          input_params = [{ name = "a", type = "odd" }]
          output_params = []
        [[plugins]]
        path = "plugins/nowhere"
        [[plugins]]
        path = "more/sums"
        [[entrypoints]]
        path = "e.yaml"
        name = "e"
        params = [{ name = "p", type = "int" }, { name = "q", type = "integer", default_value = "x" }]
        plugins = ["sums", "missing"]
        """;
    assertThat(found(toml, "graph: {s: {t: []}}\n"))
        .contains(
            "dioptra.toml:1:1: import.error: the type \"integer\" is built in",
            "dioptra.toml:5:1: import.error: \"colour\" is not known here; known: path,"
                + " description, tasks",
            "dioptra.toml:9:33: import.error: the type \"odd\" is neither declared nor built in",
            "dioptra.toml:12:1: import.error: there is no folder plugins/nowhere",
            "dioptra.toml:13:1: import.error: the plugin \"sums\" is declared twice",
            "dioptra.toml:18:25: import.error: the type \"int\" is none of string, boolean,"
                + " integer, float, list, mapping",
            "dioptra.toml:15:1: import.error: the entrypoint \"e\" uses the plugin \"missing\","
                + " which is not declared")
        .anySatisfy(it -> assertThat(it).contains("import.warning: the task \"gone\" is left out"))
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains(
                        "the default of \"q\" has to be a text that stands for a value of type"
                            + " integer"));
  }

  @Test
  void aFileThatNobodyDeclaresIsRefused() throws Exception {
    Path lone = Files.writeString(folder.resolve("lone.yaml"), "graph: {}\n");
    SubjectReader reader = new SubjectReader(Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> reader.read(lone))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there are no tasks in it");
    Path toml = Files.writeString(folder.resolve("dioptra.toml"), TOML);
    assertThatThrownBy(() -> reader.read(lone))
        .hasMessage(toml + ": no entrypoint with the path of " + lone + " is declared here");
  }

  @Test
  void ofSeveralEntrypointsOfOneFileOneIsChosenByItsName() throws Exception {
    String second = "[[entrypoints]]\npath = \"e.yaml\"\nname = \"f\"\n";
    Path toml = Files.writeString(folder.resolve("dioptra.toml"), TOML + second);
    Path file = Files.writeString(folder.resolve("e.yaml"), "graph: {one: {add: [1]}}\n");
    assertThatThrownBy(() -> new SubjectReader(Optional.empty(), Optional.empty()).read(file))
        .hasMessageEndingWith("--entrypoint chooses one of e, f");
    assertThat(new SubjectReader(Optional.empty(), Optional.of("f")).read(file))
        .extracting(Subject::name)
        .containsExactly("f");
    assertThat(new SubjectReader(Optional.empty(), Optional.empty()).read(toml))
        .extracting(Subject::name)
        .containsExactly("e", "f");
  }

  private List<String> found(String toml, String entrypoint) throws Exception {
    Subject subject = subject(toml, entrypoint);
    return new Validation()
        .findings(subject, ArtifactTasks.allowed(subject, List.of())).stream()
            .map(it -> it.toString().replace(folder + "/", ""))
            .toList();
  }

  private Subject subject(String toml, String entrypoint) throws Exception {
    Files.writeString(folder.resolve("dioptra.toml"), toml);
    Path file = Files.writeString(folder.resolve("e.yaml"), entrypoint);
    return new SubjectReader(Optional.empty(), Optional.empty()).read(file).getFirst();
  }
}
