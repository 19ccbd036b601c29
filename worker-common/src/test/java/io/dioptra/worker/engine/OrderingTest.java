package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderingTest {
  @Test
  void groupsOfReadyNamesFollowTheOrderOfMentionsAndEdges() {
    assertThat(order("z:m", "a", "m:q,a", "q", "b:z,a", "c:a"))
        .isEqualTo(new Ordering.Result.Sorted(List.of("a", "q", "c", "m", "z", "b")));
  }

  @Test
  void namesWithoutNeedsKeepTheOrderOfTheirMention() {
    assertThat(order("c", "a", "b")).isEqualTo(new Ordering.Result.Sorted(List.of("c", "a", "b")));
  }

  @Test
  void aRepeatedEdgeCountsOnBothSides() {
    assertThat(order("b:a,a,a", "a")).isEqualTo(new Ordering.Result.Sorted(List.of("a", "b")));
  }

  @Test
  void aCycleIsToldFromDependencyToDependent() {
    assertThat(order("a:b", "b:c", "c:a"))
        .isEqualTo(new Ordering.Result.Cycle(List.of("a", "c", "b", "a")));
  }

  @Test
  void aNameThatNeedsItselfIsACycle() {
    assertThat(order("x", "a:a")).isEqualTo(new Ordering.Result.Cycle(List.of("a", "a")));
  }

  @Test
  void whatLeadsToACycleIsNotPartOfIt() {
    assertThat(order("b:a,c", "a", "c:b", "d:c"))
        .isEqualTo(new Ordering.Result.Cycle(List.of("b", "c", "b")));
  }

  private static Ordering.Result order(String... names) {
    Ordering ordering = new Ordering();
    for (String line : names) {
      String[] parts = line.split(":", 2);
      ordering.mention(parts[0]);
      if (parts.length == 2) {
        for (String need : parts[1].split(",", -1)) {
          ordering.needs(parts[0], need);
        }
      }
    }
    return ordering.result();
  }
}
