package io.dioptra.worker.differential;

import io.dioptra.worker.testing.DioptraApiVersion;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cases of a seed, by number: most are valid configurations with one to three mutations, a
 * third is left valid.
 */
record Cases(long seed) {
  Case get(int number) {
    Dice dice = new Dice(seed, number);
    DioptraApiVersion version = number % 6 == 0 ? DioptraApiVersion.V1_1 : DioptraApiVersion.V1_2;
    boolean swaps = version == DioptraApiVersion.V1_2;
    int site = dice.oneIn(8) ? 1 + dice.below(Sites.ALL.size() - 1) : 0;
    List<String> artifactTasks = Sites.ALL.get(site);
    Draft draft = new Draft(dice, swaps, artifactTasks);
    ObjectNode configuration = draft.configuration().deepCopy();
    if (!dice.oneIn(3)) {
      Mutations.apply(configuration, dice, swaps, 1 + dice.below(3));
    }
    return new Case(
        "seed %d, case %d".formatted(seed, number),
        version,
        site,
        configuration,
        draft.delivered(),
        draft.inputs());
  }
}
