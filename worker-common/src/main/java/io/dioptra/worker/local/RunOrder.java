package io.dioptra.worker.local;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a user wants an entrypoint to be run.
 *
 * @param parameters texts by the names of parameters, as for a job
 * @param inputs by the names of input artifacts {@code PATH} or {@code CLASS:PATH}
 * @param swaps aliases by the names of swaps
 * @param plugins a folder with the plugins' folders, where they are not where they are declared
 * @param artifactsTo the folder for output artifacts; empty if nobody wants them
 * @param logLevel the lowest level of the log, as Python names it
 */
public record RunOrder(
    SequencedMap<String, String> parameters,
    SequencedMap<String, String> inputs,
    Map<String, String> swaps,
    Optional<Path> plugins,
    Optional<Path> artifactsTo,
    String logLevel) {
  public RunOrder {
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    swaps = Map.copyOf(swaps);
  }
}
