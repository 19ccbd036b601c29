package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  @Test
  void aBareNameHasNoOutput() {
    assertThat(Reference.parse("$x")).hasValue(new Reference("x", "x", Optional.empty()));
  }

  @Test
  void theFirstDotSplitsNameAndOutput() {
    assertThat(Reference.parse("$a.b.c")).hasValue(new Reference("a.b.c", "a", Optional.of("b.c")));
    assertThat(Reference.parse("$p.")).hasValue(new Reference("p.", "p", Optional.of("")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$", "$$", "$$x", "lit $x", "x$"})
  void otherTextsAreNoReferences(String text) {
    assertThat(Reference.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"$$text, $text", "$$, $", "$$$x, $$x", "$, $", "lit $$x, lit $$x", "x, x"})
  void oneDollarSignIsRemovedAtTheStart(String text, String meaning) {
    assertThat(Reference.unescape(text)).isEqualTo(meaning);
  }
}
