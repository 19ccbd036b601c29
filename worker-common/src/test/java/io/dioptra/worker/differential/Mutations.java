package io.dioptra.worker.differential;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Ways to break a valid configuration, for every stage of the validation. */
final class Mutations {
  /** Changes a configuration; false where there is nothing of the kind to change. */
  interface Mutation extends BiPredicate<ObjectNode, Dice> {}

  private static final List<Mutation> ALL =
      Stream.of(
              ShapeMutations.ALL,
              TypeMutations.ALL,
              TaskMutations.ALL,
              StepMutations.ALL,
              ReferenceMutations.ALL)
          .flatMap(List::stream)
          .toList();

  private static final List<Mutation> WITH_SWAPS =
      Stream.concat(ALL.stream(), SwapMutations.ALL.stream()).toList();

  private Mutations() {}

  /** Applies so many, each chosen by chance. */
  static void apply(ObjectNode configuration, Dice dice, boolean swaps, int count) {
    int done = 0;
    for (int tries = 0; done < count && tries < 40; tries++) {
      if (dice.anyOf(swaps ? WITH_SWAPS : ALL).test(configuration, dice)) {
        done++;
      }
    }
  }
}
