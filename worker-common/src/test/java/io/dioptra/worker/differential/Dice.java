package io.dioptra.worker.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The choices of one case: equal seeds and numbers make equal cases. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed, int number) {
    this.random = new SplittableRandom(seed * 1_000_003L + number);
  }

  /** A number from zero on, below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in so many throws. */
  boolean oneIn(int throwsOfIt) {
    return random.nextInt(throwsOfIt) == 0;
  }

  <T> T anyOf(Collection<? extends T> choices) {
    return new ArrayList<T>(choices).get(below(choices.size()));
  }

  <T> List<T> shuffled(Collection<? extends T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int left = shuffled.size(); left > 1; left--) {
      Collections.swap(shuffled, left - 1, random.nextInt(left));
    }
    return shuffled;
  }
}
