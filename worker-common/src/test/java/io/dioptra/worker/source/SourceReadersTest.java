package io.dioptra.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.task.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link PyYamlIT} does not show: places, remarks, errors, and texts made to do harm. */
class SourceReadersTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void eachValueOfYamlHasItsPlaceAndWhatSpansLinesThatOfItsName() throws Exception {
    Document document =
        yaml(
            """
            # A comment
            graph:
              train:
                fit: [$x,
                      {a: 1}]
                dependencies:
                - first
            """);
    assertThat(at(document, "graph")).contains(new Position(2, 1));
    assertThat(at(document, "graph", "train")).contains(new Position(3, 3));
    assertThat(at(document, "graph", "train", "fit")).contains(new Position(4, 5));
    assertThat(at(document, "graph", "train", "fit", 0)).contains(new Position(4, 11));
    assertThat(at(document, "graph", "train", "fit", 1, "a")).contains(new Position(5, 15));
    assertThat(at(document, "graph", "train", "dependencies", 0)).contains(new Position(7, 7));
    assertThat(at(document, "graph", "train", "nowhere", "at", "all"))
        .as("the nearest one around it")
        .contains(new Position(3, 3));
    assertThat(at(document, "tasks")).isEmpty();
  }

  @Test
  void eachValueOfJsonHasItsPlaceToo() throws Exception {
    Document document = json("{\"graph\": {\n  \"s\": {\"t\": [1, \"$x\"]}}}");
    assertThat(at(document, "graph", "s")).contains(new Position(2, 3));
    assertThat(at(document, "graph", "s", "t", 1)).contains(new Position(2, 18));
  }

  @Test
  void jsonHasPythonsNumbers() throws Exception {
    Document document =
        json("[NaN, Infinity, -Infinity, 1e5, 1.0, 123456789012345678901234567890, 1e400]");
    assertThat(JsonText.of(document.root()).replaceAll("\\s", ""))
        .isEqualTo("[NaN,Infinity,-Infinity,100000.0,1.0,123456789012345678901234567890,Infinity]");
  }

  @Test
  void tomlHasPlacesToo() throws Exception {
    Path file =
        Files.writeString(folder.resolve("a.toml"), "a = 1\n[[b]]\nc = ['x']\n[[b]]\nd = 2\n");
    Document document = TomlReader.read(file);
    assertThat(at(document, "b", 0, "c", 0)).contains(new Position(3, 6));
    assertThat(at(document, "b", 1)).contains(new Position(4, 1));
    assertThat(JsonText.of(document.root()).replaceAll("\\s", ""))
        .isEqualTo("{\"a\":1,\"b\":[{\"c\":[\"x\"]},{\"d\":2}]}");
  }

  @Test
  void repeatedNamesOddNamesAndDatesAreTold() throws Exception {
    Document document = yaml("a: 1\nb:\n  2: x\n  c: 2001-01-01\na: 3\n");
    assertThat(document.remarks())
        .containsExactly(
            new Remark.OddName(List.of("b"), "2", new Position(3, 3)),
            new Remark.NoJson("a date", new Position(4, 6)),
            new Remark.Repeated("a", new Position(1, 4), new Position(5, 1)));
    assertThat(JsonText.of(document.root())).startsWith("{\n  \"a\": 3,");
    assertThat(json("{\"a\": 1, \"a\": 2}").remarks())
        .containsExactly(new Remark.Repeated("a", new Position(1, 7), new Position(1, 10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1, 2\\nb: 3    | x.yaml:2:2: no YAML: while parsing a flow sequence: expected ','",
        "a: *b              | x.yaml:1:4: there is no anchor &b before this",
        "a: &b [*b]         | x.yaml:1:8: *b stands within what it stands for",
        "a: !mine b         | x.yaml:1:4: PyYAML does not know the tag !mine",
        "a: !!set {b}       | x.yaml:1:4: Dioptra cannot use a value with the tag",
        "a:\\tb             | x.yaml:1:3: no YAML: a tab stands here",
        "--- a\\n--- b      | x.yaml:2:1: a second document begins here",
        "? [a]\\n: b        | x.yaml:1:3: the name of a member is a list or an object",
      })
  void anErrorOfYamlIsOneLineWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> yaml(text.translateEscapes()))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anErrorOfJsonAndTomlIsOneLineWithItsPlace() throws Exception {
    assertThatThrownBy(() -> json("{\"a\": 1,\n }"))
        .hasMessageStartingWith("x.json:2:2: no JSON: ");
    assertThatThrownBy(() -> json("{} {}"))
        .hasMessageStartingWith("x.json:1:4: there is something");
    Path file = Files.writeString(folder.resolve("a.toml"), "a = 1\nb =\n");
    assertThatThrownBy(() -> TomlReader.read(file))
        .hasMessageStartingWith(file + ":2:4: no TOML: ");
  }

  @Test
  void filesThatAreNoTextAreRefused() throws Exception {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "a: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SourceFile.read(latin)).hasMessage(latin + ": is no text in UTF-8");
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "a: " + "x".repeat(16 << 20));
    assertThatThrownBy(() -> SourceFile.read(large)).hasMessage(large + ": larger than 16 MiB");
    Path list = Files.writeString(folder.resolve("list.yaml"), "\n- a\n");
    assertThatThrownBy(() -> SourceFile.read(list))
        .hasMessageStartingWith(list + ":2:1: an object");
    assertThatThrownBy(() -> SourceFile.read(folder)).hasMessageStartingWith(folder + ": cannot");
  }

  @Test
  void whatDoublesWithEachAliasIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> yaml(bomb.toString()))
        .hasMessageStartingWith("x.yaml:18:")
        .hasMessageEndingWith("more than 300000 values and names");
  }

  /** PyYAML ends with a {@code RecursionError}; the engine refuses half of this depth. */
  @Test
  void deepNestingIsRefusedAtOnce() {
    Assertions.assertTimeoutPreemptively(
        BOUND,
        () -> {
          assertThatThrownBy(() -> yaml("[".repeat(10_000) + "]".repeat(10_000)))
              .hasMessage("x.yaml:1:1002: nested deeper than 1000 levels");
          assertThatThrownBy(() -> yaml("- ".repeat(10_000) + "a"))
              .hasMessageEndingWith("nested deeper than 1000 levels");
          assertThatThrownBy(() -> json("[".repeat(100_000) + "]".repeat(100_000)))
              .hasMessageEndingWith("nested deeper than 1000 levels");
        });
  }

  @Test
  void aLongNameIsRead() throws Exception {
    assertThat(yaml("? " + "x".repeat(1 << 20) + "\n: 1").root()).isInstanceOf(Value.Members.class);
  }

  private static Document yaml(String text) throws SourceException {
    return new YamlReader("x.yaml").read(text);
  }

  private static Document json(String text) throws SourceException {
    return new JsonReader("x.json").read(text);
  }

  private static Optional<Position> at(Document document, Object... path) {
    return document.spot().find(List.of(path)).map(Spot::at);
  }
}
