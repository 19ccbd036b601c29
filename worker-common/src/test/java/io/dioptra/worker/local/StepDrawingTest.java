package io.dioptra.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class StepDrawingTest {
  @Test
  void namesAreQuotedSoThatAnyMayBeDrawn() {
    SequencedMap<String, List<String>> needs = new LinkedHashMap<>();
    needs.put("say \"hi\"", List.of());
    needs.put("a\\b", List.of("say \"hi\""));
    assertThat(StepDrawing.of("two\nlines", needs))
        .isEqualTo(
            """
            digraph "two\\nlines" {
              rankdir=LR;
              node [shape=box];
              "say \\"hi\\"";
              "a\\\\b";
              "say \\"hi\\"" -> "a\\\\b";
            }
            """);
  }
}
