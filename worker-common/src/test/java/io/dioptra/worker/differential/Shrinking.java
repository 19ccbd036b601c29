package io.dioptra.worker.differential;

import io.dioptra.worker.host.HostStartException;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes away from the configuration of a case what its difference does not need. */
final class Shrinking {
  private static final int TRIES = 600;

  private final Engines engines;
  private Engines.Outcome smallest;
  private int tries;

  private Shrinking(Engines engines, Engines.Outcome outcome) {
    this.engines = engines;
    this.smallest = outcome;
  }

  static Engines.Outcome of(Engines.Outcome outcome, Engines engines)
      throws IOException, InterruptedException, HostStartException {
    Shrinking shrinking = new Shrinking(engines, outcome);
    while (shrinking.tries < TRIES && shrinking.round()) {}
    return shrinking.smallest;
  }

  /** Tries to take away every part once. True if one could go. */
  private boolean round() throws IOException, InterruptedException, HostStartException {
    boolean smaller = false;
    int parts = parts(smallest.asked().configuration());
    for (int part = parts - 1; part >= 0; part--) {
      ObjectNode less = smallest.asked().configuration().deepCopy();
      if (!remove(less, part)) {
        continue;
      }
      Engines.Outcome outcome = engines.ask(List.of(smallest.asked().with(less))).getFirst();
      if (outcome.comparison().difference().isPresent()) {
        smallest = outcome;
        smaller = true;
      }
      if (++tries >= TRIES) {
        break;
      }
    }
    return smaller;
  }

  private static int parts(JsonNode root) {
    return Trees.containers(root).stream().mapToInt(JsonNode::size).sum();
  }

  /** Removes the part with this number. */
  private static boolean remove(ObjectNode root, int part) {
    int before = 0;
    for (JsonNode container : Trees.containers(root)) {
      int index = part - before;
      if (index < container.size()) {
        switch (container) {
          case ArrayNode items -> items.remove(index);
          case ObjectNode members ->
              members.remove(List.copyOf(members.propertyNames()).get(index));
          default -> throw new IllegalStateException("no container: " + container);
        }
        return true;
      }
      before += container.size();
    }
    return false;
  }
}
