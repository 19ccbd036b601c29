package io.dioptra.worker.app;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What each slot does, in words for one line. Any thread may tell. */
final class SlotStates {
  private final Map<Integer, String> states = new ConcurrentSkipListMap<>();
  private final int slots;
  private final Consumer<String> whole;

  /**
   * @param whole told what all of them do, whenever one begins something
   */
  SlotStates(int slots, Consumer<String> whole) {
    this.slots = slots;
    this.whole = whole;
  }

  /** Where a slot tells. */
  Consumer<String> of(int slot) {
    return words -> {
      states.put(slot, words);
      whole.accept(slots == 1 ? words : all());
    };
  }

  private String all() {
    return states.entrySet().stream()
        .map(it -> "slot " + it.getKey() + " " + it.getValue())
        .collect(Collectors.joining(", "));
  }
}
