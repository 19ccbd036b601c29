package io.dioptra.worker.app;

import io.dioptra.worker.queue.RqWorker;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A place for one job at a time: an RQ worker of its own and, where there are GPUs and several
 * slots, a GPU of its own.
 *
 * @param variables what its jobs find in their environment besides the usual
 * @param room whether there is enough memory on its GPU; asked by the one thread that takes jobs
 * @param state told what the slot does
 */
record Slot(
    RqWorker queue, Map<String, String> variables, BooleanSupplier room, Consumer<String> state) {
  Slot {
    variables = Map.copyOf(variables);
  }

  boolean hasRoom() {
    return room.getAsBoolean();
  }

  void working(String words) {
    state.accept(words);
  }
}
