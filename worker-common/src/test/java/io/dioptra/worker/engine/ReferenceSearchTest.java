package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceSearchTest {
  @Test
  void referencesAreFoundInListsAndMembersInTheOrderOfTheDocument() {
    assertThat(search("{t: [{b: '$x', a: ['$y.o', '$x']}, 'no $z', '$$w', 5, null]}"))
        .containsExactly("x", "y.o", "x");
  }

  @Test
  void dependenciesOfAShortFormCountWhereTheyLookLikeReferences() {
    assertThat(search("{dependencies: ['s1', '$s2'], t: ['$s3']}")).containsExactly("s2", "s3");
  }

  @Test
  void ofAMixedFormOnlyArgumentsAreSearched() {
    assertThat(search("{task: '$t', kwargs: {k: '$b'}, dependencies: '$d', args: '$a'}"))
        .containsExactly("a", "b");
  }

  @Test
  void anArgumentWithAMemberTaskIsTakenForAMixedFormAtAnyDepth() {
    assertThat(search("{t1: {x: {task: 'foo', v: '$s2'}}}")).isEmpty();
    assertThat(search("{t1: {x: [{task: 'foo', args: ['$a'], kwargs: {k: '$b'}}]}}"))
        .containsExactly("a", "b");
  }

  private static List<String> search(String json) {
    return ReferenceSearch.in(Json.value(json), Place.ROOT).stream()
        .map(found -> found.reference().text())
        .toList();
  }
}
