package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The parameters of a run: what was delivered, completed by defaults.
 *
 * @param values delivered ones first; then defaults in the order of the document
 * @param missing configured ones with neither
 * @param unused delivered ones that are not configured
 */
record ParameterValues(
    SequencedMap<String, Value> values, List<String> missing, List<String> unused) {

  static ParameterValues of(
      SequencedMap<String, ParameterDefinition> configured, SequencedMap<String, Value> delivered) {
    SequencedMap<String, Value> values = new LinkedHashMap<>(delivered);
    values.keySet().retainAll(configured.keySet());
    List<String> missing = new ArrayList<>();
    configured.forEach(
        (name, definition) -> {
          if (!values.containsKey(name)) {
            definition
                .fallback()
                .ifPresentOrElse(fallback -> values.put(name, fallback), () -> missing.add(name));
          }
        });
    List<String> unused =
        delivered.sequencedKeySet().stream().filter(name -> !configured.containsKey(name)).toList();
    return new ParameterValues(values, missing, unused);
  }
}
