package io.dioptra.worker.jvm.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
  private final List<String> problems = new ArrayList<>();

  /** A library whose tasks are in a class of their own. */
  private record Shelf(String name, Class<?> tasks) implements TaskLibrary {
    @Override
    public String description() {
      return "Trial";
    }

    @Override
    public List<Class<?>> classes() {
      return List.of(tasks);
    }
  }

  /** What can be used. */
  public static final class Good {
    private Good() {}

    @Task(
        name = "scale",
        description = "Scales.",
        outputs = @Output(name = "scaled", type = "number"))
    public static double scale(
        @Input(name = "value", type = "number") double value,
        @Input(name = "factor", type = "number", defaultValue = "2") double factor,
        @Input(name = "unit", type = "string", defaultValue = "\"m\"") String unit) {
      return unit.equals("m") ? value * factor : Double.NaN;
    }
  }

  /** Text for a number. */
  public static final class WrongDefault {
    private WrongDefault() {}

    @Task(name = "t", description = "")
    public static void t(@Input(name = "n", type = "integer", defaultValue = "\"x\"") int n) {}
  }

  /** No JSON. */
  public static final class NoJson {
    private NoJson() {}

    @Task(name = "t", description = "")
    public static void t(@Input(name = "n", type = "string", defaultValue = "cpu") String n) {}
  }

  /** A number that may be missing. */
  public static final class MissingNumber {
    private MissingNumber() {}

    @Task(name = "t", description = "")
    public static void t(@Input(name = "n", type = "integer", required = false) int n) {}
  }

  /** As Python would not have it. */
  public static final class LateRequired {
    private LateRequired() {}

    @Task(name = "t", description = "")
    public static void t(
        @Input(name = "a", type = "integer", defaultValue = "1") int a,
        @Input(name = "b", type = "integer") int b) {}
  }

  /** A word of Python. */
  public static final class Keyword {
    private Keyword() {}

    @Task(name = "t", description = "")
    public static void t(@Input(name = "lambda", type = "integer") int a) {}
  }

  /** Two of one name. */
  public static final class Twice {
    private Twice() {}

    @Task(name = "t", description = "")
    public static void first() {}

    @Task(name = "t", description = "")
    public static void second() {}
  }

  @Test
  void whatAStepDoesNotGiveIsTheDefault() throws Throwable {
    TaskMethod scale = load(new Shelf("good", Good.class)).task("good.scale");
    assertThat(scale.call(scale.bind(List.of(3L), Map.of()))).isEqualTo(6.0);
    assertThat(scale.call(scale.bind(List.of(3L, 1.5), Map.of("unit", "m")))).isEqualTo(4.5);
    assertThatThrownBy(() -> scale.bind(List.of(), Map.of("factor", 1L)))
        .hasMessage("\"value\" has to be a number; it is nothing");
    assertThatThrownBy(() -> scale.bind(List.of(3L), Map.of("value", 1L)))
        .hasMessage("\"value\" was given twice");
    assertThatThrownBy(() -> scale.bind(List.of(3L), Map.of("volume", 1L)))
        .hasMessage("it has no input \"volume\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WrongDefault  | t.t: the defaultValue: \"n\" has to be an integer of 32 bits; it is the",
        "NoJson        | t.t: the defaultValue: Unrecognized token 'cpu'",
        "MissingNumber | t.t: the input \"n\" cannot be of type int without a defaultValue",
        "LateRequired  | t.t: the input \"b\" is required and so has to stand before those that",
        "Keyword       | an input of t.t is called \"lambda\", which has a meaning in Python",
        "Twice         | the task \"t.t\" is there twice",
      })
  void aLibraryThatCannotBeUsedIsLeftOutWithTheReason(String tasks, String reason)
      throws Exception {
    Catalog catalog =
        load(
            new Shelf("t", Class.forName(CatalogTest.class.getName() + "$" + tasks)),
            new Shelf("good", Good.class));
    assertThat(catalog.libraries()).extracting(Library::name).containsExactly("good");
    assertThat(problems).singleElement().asString().contains(Shelf.class.getName(), reason);
  }

  @Test
  void aNameIsGivenOnceAndIsOneOfPython() {
    Catalog catalog =
        load(
            new Shelf("good", Good.class),
            new Shelf("good", Twice.class),
            new Shelf("no-name", Good.class));
    assertThat(catalog.libraries()).hasSize(1);
    assertThat(problems)
        .satisfiesExactly(
            it -> assertThat(it).contains("the task \"good.t\" is there twice"),
            it -> assertThat(it).contains("the library is called \"no-name\""));
    problems.clear();
    load(new Shelf("good", Good.class), new Shelf("good", Good.class));
    assertThat(problems).singleElement().asString().contains("\"good\" is the name of ");
  }

  private Catalog load(TaskLibrary... libraries) {
    return Catalog.of(List.of(libraries), problems::add);
  }
}
