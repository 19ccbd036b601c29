package io.dioptra.worker.local;

import io.dioptra.worker.engine.SwapChoices;
import io.dioptra.worker.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Which choice of each swap a user wants. */
public final class Selection {
  private Selection() {}

  /**
   * The choices that were given, and the only ones of the swaps that have one.
   *
   * @throws SourceException if a swap has several and none of them is given, or a name is wrong
   */
  public static Map<String, String> of(Subject subject, Map<String, String> given)
      throws SourceException {
    SequencedMap<String, List<String>> swaps = new SwapChoices(subject.configuration()).aliases();
    SequencedMap<String, String> selection = new LinkedHashMap<>();
    for (var swap : swaps.entrySet()) {
      List<String> aliases = swap.getValue();
      String alias = given.get(swap.getKey());
      if (alias == null && aliases.size() == 1) {
        selection.put(swap.getKey(), aliases.getFirst());
      } else if (alias != null && aliases.contains(alias)) {
        selection.put(swap.getKey(), alias);
      } else {
        throw new SourceException(
            "The swap \"%s\" %s: --swap %s=%s"
                .formatted(
                    swap.getKey(),
                    alias == null ? "needs a choice" : "has no choice \"" + alias + "\"",
                    swap.getKey(),
                    String.join("|", aliases)));
      }
    }
    for (String name : given.keySet()) {
      if (!swaps.containsKey(name)) {
        throw new SourceException("There is no swap \"%s\" in %s".formatted(name, subject.file()));
      }
    }
    return selection;
  }
}
