package io.dioptra.worker.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the worker writes on its standard output, as far as the tour needs it. */
record WorkerLog(Path file) {
  private static final String READY = "Python is ready";
  private static final Pattern PHASES = Pattern.compile("Job phases\\b.*?\\bjob=(\\d+)\\b(.*)");
  private static final Pattern PHASE = Pattern.compile("(?<![\\w.-])([a-z][a-z-]*)=(\\d+)(?!\\S)");

  /** Whether the worker has imported what its jobs need. */
  boolean tellsReady() throws IOException {
    return lines().stream().anyMatch(line -> line.contains(READY));
  }

  /** How long each phase of a job took, in order; empty where the worker does not tell. */
  Map<String, Duration> phases(int job) throws IOException {
    Map<String, Duration> phases = new LinkedHashMap<>();
    for (String line : lines()) {
      Matcher told = PHASES.matcher(line);
      if (told.find() && told.group(1).equals(Integer.toString(job))) {
        PHASE
            .matcher(told.group(2))
            .results()
            .forEach(
                phase ->
                    phases.put(phase.group(1), Duration.ofMillis(Long.parseLong(phase.group(2)))));
      }
    }
    return phases;
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }
}
