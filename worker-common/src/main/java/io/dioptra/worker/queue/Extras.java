package io.dioptra.worker.queue;

import java.util.List;

/** What a producer wants beside its job and does not get here, in words for the job's owner. */
final class Extras {
  private static final int SHOWN = 300;

  private Extras() {}

  /** One printable line, or none. */
  static List<String> notes(List<String> extras) {
    if (extras.isEmpty()) {
      return List.of();
    }
    String names = String.join(", ", extras);
    String start = names.length() > SHOWN ? names.substring(0, SHOWN) + "…" : names;
    return List.of(
        "The producer asked RQ for "
            + start.replaceAll("\\P{Print}", "?")
            + ". This worker runs the job and none of these; rq's own worker does.");
  }
}
