package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedNamesTest {
  private final GeneratedNames names =
      new GeneratedNames(Map.of("s_t", "t (swap '?$1')", "my step_t", "T"));

  @Test
  void aNameIsReplacedWhereItStandsAsAWord() {
    assertThat(names.inWordsOfTheUser("In \"s_t\": s_t, s_t."))
        .isEqualTo("In \"t (swap '?$1')\": t (swap '?$1'), t (swap '?$1').");
    assertThat(names.inWordsOfTheUser("In my step_t!")).isEqualTo("In T!");
  }

  @Test
  void partsOfOtherWordsStay() {
    assertThat(names.inWordsOfTheUser("s_t2 as_t s_t-x é_s_t ms_t my step_tt"))
        .isEqualTo("s_t2 as_t s_t-x é_s_t ms_t my step_tt");
  }
}
